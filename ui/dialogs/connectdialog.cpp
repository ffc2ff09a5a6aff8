// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/connectdialog.h"

#include "core/base/displaytext.h"
#include "core/registry/registryaddress.h"
#include "ui/dialogs/connectiontest.h"
#include "ui/dialogs/securitysection.h"
#include "ui/views/scrolledform.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using Keychain = CredentialPresenter::Keychain;

constexpr auto plainScheme = "http://"_L1;

static QLineEdit *field(const QString &objectName, const QString &placeholder)
{
    auto *edit = new QLineEdit;
    edit->setObjectName(objectName);
    edit->setPlaceholderText(placeholder);
    return edit;
}

ConnectDialog::ConnectDialog(Network &network, const SavedConnection &connection, QWidget *parent)
    : QDialog(parent)
    , m_connection(connection)
    , m_reason(new QLabel)
    , m_address(field(u"address"_s, tr("registry.example:5000")))
    , m_name(field(u"name"_s, tr("as in the address")))
    , m_signIn(new QComboBox)
    , m_user(field(u"user"_s, {}))
    , m_password(field(u"password"_s, {}))
    , m_keep(new QCheckBox(tr("&Keep the password in the keychain")))
    , m_note(new QLabel)
    , m_readOnly(new QCheckBox(tr("&Read-only: nothing can be changed through this connection")))
    , m_production(new QCheckBox(tr("&Guard (production): only confirmed deletions and restores")))
    , m_security(new SecuritySection)
    , m_form(buildForm())
    , m_steps(new ConnectionTest(network))
    , m_test(new QPushButton(tr("&Test")))
    , m_buttons(new QDialogButtonBox)
    , m_accept(m_buttons->addButton(tr("&Connect"), QDialogButtonBox::AcceptRole))
{
    setObjectName(u"connectDialog"_s);
    setWindowTitle(connection.id.isEmpty() ? tr("Connect to a Registry")
                                           : tr("Connection to %1").arg(connection.name));
    buildLayout();
    const bool isPlain = connection.address.startsWith(plainScheme);
    m_address->setText(isPlain ? connection.address.mid(plainScheme.size()) : connection.address);
    m_name->setText(connection.name == m_address->text() ? QString() : connection.name);
    if (connection.user == Credentials::identityTokenUser)
        m_signIn->setCurrentIndex(ByIdentityToken);
    else
        m_user->setText(connection.user);
    if (connection.signIn == SavedConnection::SignIn::Configuration)
        m_signIn->setCurrentIndex(AsConfigured);
    m_keep->setChecked(connection.signIn != SavedConnection::SignIn::Session);
    m_security->setAllowsPlainHttp(isPlain);
    m_security->setMayLeadInwards(connection.mayLeadInwards);
    m_security->setChoice(connection.tls);
    m_readOnly->setChecked(connection.isReadOnly);
    m_production->setChecked(connection.isProduction);
    connectSignals();
    updateSignIn();
    m_address->setFocus(); // The way there does not lead into what scrolls.
    m_offers.lookForRegistries();
    m_offers.lookForKeychain();
}

void ConnectDialog::buildLayout()
{
    m_reason->setObjectName(u"reason"_s);
    m_reason->setTextFormat(Qt::PlainText);
    m_reason->setWordWrap(true);
    m_reason->hide();
    m_password->setEchoMode(QLineEdit::Password);
    m_readOnly->setObjectName(u"readOnly"_s);
    m_production->setObjectName(u"production"_s);
    m_test->setObjectName(u"test"_s);
    m_accept->setObjectName(u"connect"_s);
    m_buttons->addButton(m_test, QDialogButtonBox::ActionRole);
    // The last, else Tab skips it: from the list it goes to the default button.
    m_buttons->addButton(QDialogButtonBox::Cancel)->setObjectName(u"cancel"_s);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_reason);
    layout->addWidget(m_form);
    layout->addWidget(m_steps, 1);
    layout->addWidget(m_buttons);
    m_accept->setDefault(true); // Not earlier: a dialog knows only the default of its own buttons.
}

ScrolledForm *ConnectDialog::buildForm()
{
    m_signIn->setObjectName(u"signIn"_s);
    m_signIn->addItems({tr("With the account below"), tr("With an identity token"),
                        tr("As Docker or Podman are signed in")});
    m_keep->setObjectName(u"keepPassword"_s);
    m_note->setObjectName(u"signInNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *form = new QFormLayout;
    layout->addLayout(form);
    layout->addWidget(m_security);
    form->addRow(tr("&Address:"), m_address);
    form->addRow(tr("&Name:"), m_name);
    form->addRow(tr("&Sign in:"), m_signIn);
    form->addRow(tr("&User:"), m_user);
    form->addRow(tr("&Password or token:"), m_password);
    form->addRow(m_keep);
    form->addRow(m_note);
    form->addRow(m_readOnly);
    form->addRow(m_production);
    return new ScrolledForm(content);
}

void ConnectDialog::connectSignals()
{
    connect(m_form, &ScrolledForm::grown, this, [this](int height) {
        const int most = screen()->availableGeometry().bottom() - frameGeometry().top()
                         - (frameGeometry().height() - this->height());
        resize(width(), std::max(this->height(), std::min(this->height() + height, most)));
    });
    connect(m_signIn, &QComboBox::currentIndexChanged, this, &ConnectDialog::updateSignIn);
    connect(m_keep, &QCheckBox::toggled, this, &ConnectDialog::updateSignIn);
    connect(&m_offers, &CredentialPresenter::changed, this, &ConnectDialog::updateSignIn);
    connect(m_address, &QLineEdit::textChanged, this, &ConnectDialog::updateSignIn);
    connect(m_user, &QLineEdit::textChanged, this, &ConnectDialog::updateSignIn);
    connect(m_test, &QPushButton::clicked, this, &ConnectDialog::test);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::finished, m_steps, &ConnectionTest::stop);
    connect(m_steps, &ConnectionTest::passed, this, &ConnectDialog::updateButtons);
    connect(m_steps, &ConnectionTest::failed, this, &ConnectDialog::showFailure);
    connect(m_steps, &ConnectionTest::authorityRequested, m_security,
            &SecuritySection::chooseAuthority);
    connect(m_steps, &ConnectionTest::certificateTrusted, this, [this](const QString &fingerprint) {
        m_security->pin(fingerprint);
        test(); // Nobody wants to press the button again to see whether it helped.
    });
    connect(m_security, &SecuritySection::authorityChosen, this, [this] {
        if (m_steps->isCertificateRefused())
            test();
    });
}

void ConnectDialog::showReason(const QString &text)
{
    m_reason->setText(text);
    m_reason->setVisible(!text.isEmpty());
    if (!text.isEmpty()) // What was there did not do.
        m_signIn->setCurrentIndex(AsEntered);
    m_password->setFocus();
}

void ConnectDialog::updateButtons()
{
    const bool isComplete = RegistryAddress::parse(connection().address) && !objection();
    m_test->setEnabled(isComplete && !m_steps->isRunning());
    m_accept->setEnabled(isComplete);
}

void ConnectDialog::updateSignIn()
{
    const bool hasAccount = !account().isEmpty();
    const bool isEntered = m_signIn->currentIndex() == AsEntered;
    m_user->setEnabled(isEntered);
    m_user->setPlaceholderText(isEntered ? tr("empty for anonymous access") : QString());
    m_password->setEnabled(hasAccount);
    m_password->setPlaceholderText(hasAccount && isKnown() ? tr("the one in the keychain")
                                                           : QString());
    m_keep->setEnabled(hasAccount);
    m_keep->setVisible(m_offers.keychain() != Keychain::Missing);
    m_note->setText(signInNote());
    updateButtons();
}

QString ConnectDialog::signInNote() const
{
    if (m_signIn->currentIndex() == AsConfigured)
        return configurationNote();
    if (const auto minded = objection())
        return minded->message;
    if (account().isEmpty())
        return tr("Without a user you come anonymously.");
    if (m_offers.keychain() == Keychain::Missing)
        return tr("There is no password service: the password is known until the program ends, and "
                  "is not stored.");
    return keepsPassword() ? tr("The password is stored in the keychain, and nowhere else.")
                           : tr("The password is known until the program ends; it is not stored.");
}

QString ConnectDialog::configurationNote() const
{
    const auto address = RegistryAddress::parse(connection().address);
    const CredentialSource source = m_offers.sourceFor(address ? address->host : QString());
    if (source.kind == CredentialSource::Kind::None)
        return tr("Neither is known to be signed in there: you may come anonymously.");
    return tr("The sign-in is read %1 each time; nothing is stored.", "from a file")
        .arg(source.toString());
}

bool ConnectDialog::keepsPassword() const
{
    const bool isThere = m_offers.keychain() == Keychain::Present;
    const bool wasThere = m_offers.keychain() == Keychain::Unknown
                          && m_connection.signIn == SavedConnection::SignIn::Keychain;
    return m_keep->isChecked() && (isThere || wasThere);
}

/// Who signs in; empty for nobody, and for whomever Docker or Podman know.
QString ConnectDialog::account() const
{
    switch (m_signIn->currentIndex()) {
    case AsEntered: return m_user->text();
    case ByIdentityToken: return Credentials::identityTokenUser;
    default: return {};
    }
}

/// Whether the keychain has the password of this account already.
bool ConnectDialog::isKnown() const
{
    const bool isSame =
        account() == m_connection.user && connection().address == m_connection.address;
    return isSame && m_connection.signIn == SavedConnection::SignIn::Keychain;
}

SavedConnection::SignIn ConnectDialog::signIn() const
{
    using SignIn = SavedConnection::SignIn;
    if (m_signIn->currentIndex() == AsConfigured)
        return SignIn::Configuration;
    if (account().isEmpty())
        return SignIn::Anonymous;
    return keepsPassword() ? SignIn::Keychain : SignIn::Session;
}

void ConnectDialog::test()
{
    m_steps->start(connection(), credentials());
    updateButtons();
}

void ConnectDialog::showFailure(const Error &error)
{
    updateButtons();
    if (error.certificate)
        return; // What can be done stands below the steps, and has the focus.
    // The field that has to be mended is where the person goes on.
    if (!readTlsChoice(connection().tls))
        m_security->focusFiles();
    else if (error.kind == Error::Kind::Unauthorized)
        account().isEmpty() ? m_user->setFocus() : m_password->setFocus();
    else if (error.kind == Error::Kind::Tls)
        m_security->focusPlainHttp();
    else
        m_address->setFocus();
}

SavedConnection ConnectDialog::connection() const
{
    SavedConnection connection = m_connection;
    const QString address = m_address->text().trimmed();
    const bool isPlain = m_security->allowsPlainHttp() && !address.contains("://"_L1);
    connection.address = isPlain ? QString(plainScheme + address) : address;
    connection.name = m_name->text().trimmed().isEmpty() ? address : m_name->text().trimmed();
    connection.signIn = signIn();
    connection.user = account();
    connection.isReadOnly = m_readOnly->isChecked();
    connection.isProduction = m_production->isChecked();
    connection.mayLeadInwards = m_security->mayLeadInwards();
    connection.tls = m_security->choice();
    return connection;
}

Credentials ConnectDialog::credentials() const
{
    const bool isKept = m_password->text().isEmpty() && keepsPassword() && isKnown();
    if (account().isEmpty() || isKept)
        return {};
    return Credentials::ofAccount(account(), Secret(m_password->text().toUtf8()));
}

} // namespace Longshore::Ui
