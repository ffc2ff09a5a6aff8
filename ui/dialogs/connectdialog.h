// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"
#include "core/settings/connectionstore.h"
#include "ui/models/checklistmodel.h"
#include "ui/presenters/connectionpresenter.h"
#include "ui/presenters/credentialpresenter.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace Longshore::Ui {

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
    enum SignInChoice { AsEntered, AsConfigured };

    void buildLayout();
    [[nodiscard]] QFormLayout *buildForm();
    void connectSignals();
    void updateButtons();
    void updateSignIn();
    [[nodiscard]] QString signInNote() const;
    [[nodiscard]] QString configurationNote() const;
    [[nodiscard]] bool keepsPassword() const;
    [[nodiscard]] bool isKnown() const;
    [[nodiscard]] SavedConnection::SignIn signIn() const;
    void test();
    void showFailure(const Error &error);

    SavedConnection m_connection;
    CheckListModel m_steps;
    ConnectionPresenter m_presenter;
    CredentialPresenter m_offers; ///< Of this computer, for signing in.
    QLabel *m_reason;
    QLineEdit *m_address;
    QLineEdit *m_name;
    QComboBox *m_signIn;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QCheckBox *m_keep;
    QLabel *m_note;
    QCheckBox *m_plainHttp;
    QCheckBox *m_readOnly;
    QListView *m_checkList;
    QPushButton *m_test;
    QDialogButtonBox *m_buttons;
};

} // namespace Longshore::Ui
