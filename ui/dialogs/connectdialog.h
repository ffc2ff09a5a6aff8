// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"
#include "core/settings/connectionstore.h"
#include "ui/presenters/credentialpresenter.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Longshore {
struct Error;
struct Network;
} // namespace Longshore

namespace Longshore::Ui {

class ConnectionTest;
class ScrolledForm;
class SecuritySection;

/// Asks for a registry and an account, and tries them before it connects.
class ConnectDialog final : public QDialog
{
    Q_OBJECT

public:
    ConnectDialog(Network &network, const SavedConnection &connection, QWidget *parent = nullptr);

    /// Said above the fields: why the dialog came up by itself.
    void showReason(const QString &text);
    [[nodiscard]] SavedConnection connection() const;
    [[nodiscard]] Credentials credentials() const;

private:
    enum SignInChoice { AsEntered, ByIdentityToken, AsConfigured };

    void buildLayout();
    [[nodiscard]] ScrolledForm *buildForm();
    void connectSignals();
    void updateButtons();
    void updateSignIn();
    [[nodiscard]] QString signInNote() const;
    [[nodiscard]] QString configurationNote() const;
    [[nodiscard]] bool keepsPassword() const;
    [[nodiscard]] bool isKnown() const;
    [[nodiscard]] QString account() const;
    [[nodiscard]] std::optional<Error> objection() const ///< To that account.
    {
        return objectionTo(Credentials::ofAccount(account(), {}));
    }
    [[nodiscard]] SavedConnection::SignIn signIn() const;
    void test();
    void showFailure(const Error &error);

    SavedConnection m_connection;
    CredentialPresenter m_offers; ///< Of this computer, for signing in.
    QLabel *m_reason;
    QLineEdit *m_address;
    QLineEdit *m_name;
    QComboBox *m_signIn;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QCheckBox *m_keep;
    QLabel *m_note;
    QCheckBox *m_readOnly;
    QCheckBox *m_production;
    SecuritySection *m_security;
    ScrolledForm *m_form;
    ConnectionTest *m_steps;
    QPushButton *m_test;
    QDialogButtonBox *m_buttons;
    QPushButton *m_accept;
};

} // namespace Longshore::Ui
