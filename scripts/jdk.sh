# Finds the tools that building and running Sennit needs. To be sourced by ./check and ./sennit.
#
#   find_jdk      exports JAVA_HOME: a JDK 25, or else the newest later one; fails with a sentence
#   find_maven    checks that Maven 3.8 or later is there; fails with a sentence
#   quiet_maven   exports MAVEN_OPTS so that JDK 25 does not print warnings about Maven's own parts
#
# Runs in bash 3.2 and later. The version is read from a JDK's `release` file: that takes a few
# milliseconds, starting java takes a hundred.

readonly JDK_WANTED=25

# Prints the feature version of the JDK in folder $1, or nothing when there is no JDK.
jdk_version() {
  [[ -x $1/bin/javac && -r $1/release ]] || return 0
  local line
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ ^JAVA_VERSION=\"?([0-9]+) ]]; then
      printf '%s' "${BASH_REMATCH[1]}"
      return 0
    fi
  done <"$1/release"
}

# Prints the folder that the command `$1` on the PATH belongs to, links resolved.
home_of_command() {
  local file link
  file=$(command -v "$1" 2>/dev/null) || return 0
  while link=$(readlink "$file" 2>/dev/null) && [[ -n $link ]]; do
    [[ $link == /* ]] || link=$(dirname "$file")/$link
    file=$link
  done
  (cd "$(dirname "$file")/.." 2>/dev/null && pwd -P)
}

# Prints every folder in which a JDK may live, the most wanted first, one a line.
jdk_candidates() {
  [[ -n ${JAVA_HOME:-} ]] && printf '%s\n' "$JAVA_HOME"
  home_of_command javac
  home_of_command java
  if [[ -x /usr/libexec/java_home ]]; then
    /usr/libexec/java_home -v "$JDK_WANTED" 2>/dev/null
  fi
  local folder
  for folder in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    "${HOME:-/nonexistent}"/.asdf/installs/java/* "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* \
    "${HOME:-/nonexistent}"/.jbang/cache/jdks/* "${HOME:-/nonexistent}"/.gradle/jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [[ -d $folder ]] && printf '%s\n' "$folder"
  done
  return 0
}

find_jdk() {
  local folder version later='' later_version=0
  while IFS= read -r folder; do
    version=$(jdk_version "$folder")
    [[ -n $version ]] || continue
    if ((version == JDK_WANTED)); then
      export JAVA_HOME=$folder
      return 0
    fi
    if ((version > JDK_WANTED && version > later_version)); then
      later=$folder later_version=$version
    fi
  done < <(jdk_candidates)
  if [[ -n $later ]]; then
    export JAVA_HOME=$later
    return 0
  fi
  cat >&2 <<EOM
There is no JDK $JDK_WANTED on this computer, or it is in an unusual place.
  Debian, Ubuntu   sudo apt-get install openjdk-$JDK_WANTED-jdk-headless
  Fedora           sudo dnf install java-$JDK_WANTED-openjdk-devel
  macOS            brew install openjdk@$JDK_WANTED
  anywhere         https://adoptium.net/temurin/releases/?version=$JDK_WANTED
If you have one, set JAVA_HOME to its folder and try again.
EOM
  return 1
}

find_maven() {
  local version
  if ! command -v mvn >/dev/null 2>&1; then
    cat >&2 <<'EOM'
Maven is missing: the command mvn is not on the PATH.
  Debian, Ubuntu   sudo apt-get install maven
  Fedora           sudo dnf install maven
  macOS            brew install maven
  anywhere         https://maven.apache.org/install.html
EOM
    return 1
  fi
  version=$(mvn -B -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p')
  if [[ $version =~ ^([0-9]+)\.([0-9]+) ]] &&
    ((BASH_REMATCH[1] > 3 || (BASH_REMATCH[1] == 3 && BASH_REMATCH[2] >= 8))); then
    return 0
  fi
  echo "Maven 3.8 or later is needed; mvn -v says ${version:-nothing}. See https://maven.apache.org/install.html" >&2
  return 1
}

quiet_maven() {
  export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED${MAVEN_OPTS:+ $MAVEN_OPTS}"
}
