package io.sennit.node;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS 1.3 between machines (RFC 8446): both sides prove that they hold the key in their
/// certificate.
///
/// Any machine's certificate is taken; whether the machine is welcome is said in words afterwards.
/// TLS is layered over a plain socket, and it is the plain socket that is closed: closing the TLS
/// one waits for a peer that has stopped reading.
final class Tls {
  private static final String PROTOCOL = "sennit/1";

  private static final int SERIAL_BITS = 126;

  private final SSLContext context;

  /// A TLS endpoint that speaks for this key.
  Tls(MachineKey key) {
    try {
      var serial = new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
      var certificate = Certificates.selfSigned(key, serial);
      PrivateKey privateKey =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(
                  new EdECPrivateKeySpec(NamedParameterSpec.ED25519, key.privateKey()));
      context = SSLContext.getInstance("TLSv1.3");
      context.init(
          new KeyManager[] {new OneKey(privateKey, certificate)},
          new TrustManager[] {new AnyMachine()},
          null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks TLS 1.3 with Ed25519", e);
    }
  }

  /// A connection after the handshake.
  record Secured(SSLSocket socket, Instance instance) {}

  /// Shakes hands over a connected socket.
  ///
  /// @param client whether this side dialled
  Secured secure(Socket plain, boolean client) throws IOException {
    var socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    plain, plain.getInetAddress().getHostAddress(), plain.getPort(), false);
    socket.setUseClientMode(client);
    if (!client) {
      socket.setNeedClientAuth(true);
    }
    var parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setApplicationProtocols(new String[] {PROTOCOL});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    if (!PROTOCOL.equals(socket.getApplicationProtocol())) {
      throw new IOException("the other side does not speak " + PROTOCOL);
    }
    try {
      var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return new Secured(
          socket, new Instance(Certificates.machine(certificate), certificate.getSerialNumber()));
    } catch (GeneralSecurityException e) {
      throw new IOException("the other side's certificate is not a machine's", e);
    }
  }

  /// Our one key, whatever is asked for.
  private static final class OneKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "machine";
    private final PrivateKey key;
    private final X509Certificate certificate;

    OneKey(PrivateKey key, X509Certificate certificate) {
      this.key = key;
      this.certificate = certificate;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {certificate};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }

  /// Takes every self-signed certificate of an Ed25519 key; the handshake proves that the peer
  /// holds it.
  private static final class AnyMachine extends X509ExtendedTrustManager {
    private static void check(X509Certificate[] chain) throws CertificateException {
      try {
        if (chain.length != 1) {
          throw new CertificateException("a machine shows one certificate");
        }
        Certificates.machine(chain[0]);
      } catch (CertificateException e) {
        throw e;
      } catch (GeneralSecurityException e) {
        throw new CertificateException("not a machine's certificate", e);
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
