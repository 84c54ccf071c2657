// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <chrono>

namespace songda::net::testing {

/// A certificate with its key, as PEM.
struct Identity {
    QByteArray certificate;
    QByteArray key;
};

/// Makes certificates: its own, and those it vouches for.
class Authority {
public:
    struct Wish {
        QByteArray host = "localhost";
        std::chrono::hours validFrom{-24}; ///< from now
        std::chrono::hours validTo{24 * 365};
    };

    Authority();
    QByteArray certificate() const { return m_root.certificate; }
    Identity issue(const Wish &wish) const;
    static Identity selfSigned(const Wish &wish);

private:
    Identity m_root;
};

} // namespace songda::net::testing
