# What the setup scripts of the peers share. To be sourced.
#
#   begin NAME           sets $folder, where this peer is kept: in the user's cache, outside the repository
#   debian PACKAGE…      fetches Debian packages and unpacks them below $folder/root; needs no root
#   program NAME FILE    makes $folder/NAME start FILE, or the NAME that is on the PATH already
#   node_packages        installs what package.json beside the setup script names, and links node
#   missing WORDS        says why this peer takes no part, and ends
#
# A setup script may run as often as one likes: what is there is used. Its last line of output is $folder.
set -euo pipefail

missing() {
  echo "$*" >&2
  exit 3
}

begin() {
  folder=${XDG_CACHE_HOME:-$HOME/.cache}/sennit-bench/$1
  mkdir -p "$folder"
  trap '[[ $? != 0 ]] || echo "$folder"' EXIT
}

debian() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    missing "it is not installed, and this system has no Debian packages"
  mkdir -p "$folder/packages" "$folder/root"
  (cd "$folder/packages" && apt-get -q download "$@" >"$folder/log" 2>&1) ||
    missing "it is not installed, and its packages could not be fetched (try apt-get update first)"
  local package
  for package in "$folder"/packages/*.deb; do
    dpkg-deb -x "$package" "$folder/root"
  done
}

program() {
  local found
  if found=$(command -v "$1"); then
    ln -sfn "$found" "$folder/$1"
  else
    printf '#!/bin/sh\nroot=%s/root\nLD_LIBRARY_PATH=$(echo "$root"/usr/lib/*-linux-gnu) exec "$root/%s" "$@"\n' \
      "$folder" "$2" >"$folder/$1"
    chmod +x "$folder/$1"
  fi
}

node_packages() {
  local here
  here=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
  command -v node >/dev/null && command -v npm >/dev/null || missing "node and npm are not installed"
  ln -sfn "$(command -v node)" "$folder/node"
  cmp -s "$here/package.json" "$folder/installed.json" || {
    cp "$here/package.json" "$folder/"
    (cd "$folder" && npm install --no-audit --no-fund >"$folder/log" 2>&1) || missing "its npm packages could not be fetched"
    cp "$here/package.json" "$folder/installed.json"
  }
  cp "$here"/*.mjs "$here/../common.mjs" "$folder/"
}
