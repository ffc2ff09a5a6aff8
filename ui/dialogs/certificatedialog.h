// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

#include <memory>

class QFormLayout;
class QPushButton;

namespace Longshore {
struct RefusedCertificate;
}

namespace Longshore::Ui {

/// Shows a certificate that was refused. To trust it takes an act of its own; Enter, Escape and
/// the button that has the focus leave everything as it is.
class CertificateDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit CertificateDialog(std::shared_ptr<const RefusedCertificate> refused,
                               QWidget *parent = nullptr);

signals:
    /// The person trusts the certificate with that fingerprint.
    void trusted(const QString &fingerprint);

private:
    void buildLayout();
    [[nodiscard]] QFormLayout *buildProperties();

    std::shared_ptr<const RefusedCertificate> m_refused;
    QPushButton *m_trust;
};

} // namespace Longshore::Ui
