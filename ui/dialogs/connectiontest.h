// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"
#include "ui/models/checklistmodel.h"
#include "ui/presenters/connectionpresenter.h"

#include <QWidget>

class QListView;
class QPushButton;
class QStackedWidget;

namespace Longshore::Ui {

/// The steps of trying a connection, and what can be done where a certificate is refused.
class ConnectionTest final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionTest(Network &network, QWidget *parent = nullptr);

    void start(const SavedConnection &connection, const Credentials &credentials);
    void stop();
    /// Whether that was the end of the last try.
    [[nodiscard]] bool isCertificateRefused() const { return m_refused != nullptr; }
    [[nodiscard]] bool isRunning() const { return m_presenter.isTesting(); }

signals:
    void passed();
    void failed(const Longshore::Error &error);
    /// The person has seen the certificate with that fingerprint, and trusts it.
    void certificateTrusted(const QString &fingerprint);
    /// The person wants to name the authority that signed the certificate.
    void authorityRequested();

private:
    void buildLayout();
    void showFailure(const Error &error);
    void showCertificate();

    CheckListModel m_steps;
    ConnectionPresenter m_presenter;
    std::shared_ptr<const RefusedCertificate> m_refused;
    QStackedWidget *m_stack; ///< The steps, or what to do to see them.
    QListView *m_list;
    QPushButton *m_show;
    QPushButton *m_choose;
};

} // namespace Longshore::Ui
