// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/certificates.h"

#include <memory>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace songda::net::testing {

namespace {

struct Free {
    void operator()(EVP_PKEY *p) const { EVP_PKEY_free(p); }
    void operator()(X509 *p) const { X509_free(p); }
    void operator()(BIO *p) const { BIO_free(p); }
    void operator()(X509_EXTENSION *p) const { X509_EXTENSION_free(p); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

QByteArray contents(BIO *bio) {
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, static_cast<qsizetype>(size));
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1)
        qFatal("cannot make a certificate extension");
}

std::atomic<int> authorities{0};

/// Signed by `issuer`, or by itself when there is none.
Identity make(const QByteArray &commonName, const Authority::Wish &wish, bool isAuthority, const Identity *issuer) {
    static std::atomic<long> serial{1000};
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const Owned<X509> certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), std::chrono::seconds(wish.validFrom).count());
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), std::chrono::seconds(wish.validTo).count());
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
        reinterpret_cast<const unsigned char *>(commonName.constData()), static_cast<int>(commonName.size()), -1, 0);

    Owned<X509> issuerCertificate;
    Owned<EVP_PKEY> issuerKey;
    if (issuer) {
        const Owned<BIO> certificateText(
            BIO_new_mem_buf(issuer->certificate.constData(), static_cast<int>(issuer->certificate.size())));
        issuerCertificate.reset(PEM_read_bio_X509(certificateText.get(), nullptr, nullptr, nullptr));
        const Owned<BIO> keyText(BIO_new_mem_buf(issuer->key.constData(), static_cast<int>(issuer->key.size())));
        issuerKey.reset(PEM_read_bio_PrivateKey(keyText.get(), nullptr, nullptr, nullptr));
    }
    X509 *signer = issuer ? issuerCertificate.get() : certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer));
    addExtension(certificate.get(), signer, NID_basic_constraints, isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (isAuthority)
        addExtension(certificate.get(), signer, NID_key_usage, "critical,keyCertSign,cRLSign");
    else
        addExtension(certificate.get(), signer, NID_subject_alt_name, "DNS:" + wish.host);
    if (X509_sign(certificate.get(), issuer ? issuerKey.get() : key.get(), EVP_sha256()) == 0)
        qFatal("cannot sign a certificate");

    Identity made;
    const Owned<BIO> certificateText(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(certificateText.get(), certificate.get());
    made.certificate = contents(certificateText.get());
    const Owned<BIO> keyText(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    made.key = contents(keyText.get());
    return made;
}

} // namespace

Authority::Authority()
    : m_root(make("Songda test authority " + QByteArray::number(++authorities), Wish{}, true, nullptr)) {}

Identity Authority::issue(const Wish &wish) const { return make(wish.host, wish, false, &m_root); }

Identity Authority::selfSigned(const Wish &wish) { return make(wish.host, wish, false, nullptr); }

} // namespace songda::net::testing
