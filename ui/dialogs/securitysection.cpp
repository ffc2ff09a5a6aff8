// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/securitysection.h"

#include "ui/format/protection.h"
#include "ui/views/filefield.h"
#include "ui/views/iconlabel.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

/// A picture and a sentence.
static QWidget *warning(Protection protection)
{
    auto *text = new QLabel(protectionSentence(protection));
    text->setObjectName(u"securityWarning"_s);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    auto *widget = new QWidget;
    auto *layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(new IconLabel(protectionIcon(protection)), 0, Qt::AlignTop);
    layout->addWidget(text, 1);
    return widget;
}

SecuritySection::SecuritySection(QWidget *parent)
    : QWidget(parent)
    , m_toggle(new QToolButton)
    , m_content(new QWidget)
    , m_plainHttp(
          new QCheckBox(tr("Allow plain &HTTP: nothing is encrypted, not even the password")))
    , m_passphrase(new QLineEdit)
    , m_pin(new QLineEdit)
    , m_unverified(new QCheckBox(tr("&Do not verify the certificate (insecure)")))
    , m_inwards(new QCheckBox(tr("The registry may lead into a pri&vate network")))
    , m_warning(warning(Protection::Unverified))
{
    const QString certificates = tr("Certificates (*.pem *.crt *.cer *.cert);;All files (*)");
    m_authorities =
        new FileField(u"authorities"_s, tr("Certificate of the Authority"), certificates);
    m_certificate = new FileField(u"clientCertificate"_s, tr("Client Certificate"), certificates);
    m_key = new FileField(u"clientKey"_s, tr("Key of the Client Certificate"),
                          tr("Keys (*.pem *.key);;All files (*)"));
    buildLayout();
    connectSignals();
    setOpen(false);
    update();
}

void SecuritySection::buildLayout()
{
    m_toggle->setObjectName(u"security"_s);
    m_toggle->setText(tr("Securit&y"));
    m_toggle->setAutoRaise(true);
    m_toggle->setFocusPolicy(Qt::StrongFocus);
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toggle->setToolTip(tr("Show or hide how the registry is trusted"));
    m_plainHttp->setObjectName(u"plainHttp"_s);
    m_unverified->setObjectName(u"unverified"_s);
    m_inwards->setObjectName(u"leadsInwards"_s);
    m_inwards->setToolTip(
        tr("For a registry in the open that keeps its blobs within, or signs in there"));
    m_passphrase->setObjectName(u"passphrase"_s);
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setPlaceholderText(tr("if the key is encrypted; not stored"));
    m_pin->setObjectName(u"pin"_s);
    m_pin->setPlaceholderText(tr("SHA-256 fingerprint of the only one to trust"));

    auto *form = new QFormLayout(m_content);
    form->setContentsMargins(fontMetrics().averageCharWidth() * 3, 0, 0, 0);
    form->addRow(m_plainHttp);
    form->addRow(tr("Auth&ority (CA):"), m_authorities);
    form->addRow(tr("C&lient certificate:"), m_certificate);
    form->addRow(tr("Cli&ent key:"), m_key);
    form->addRow(tr("Passphrase o&f the key:"), m_passphrase);
    form->addRow(tr("P&inned certificate:"), m_pin);
    form->addRow(m_unverified);
    form->addRow(m_warning);
    form->addRow(m_inwards);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_toggle);
    layout->addWidget(m_content);
}

void SecuritySection::connectSignals()
{
    connect(m_toggle, &QToolButton::clicked, this, [this] { setOpen(!m_isOpen); });
    for (QCheckBox *box : {m_plainHttp, m_unverified})
        connect(box, &QCheckBox::toggled, this, &SecuritySection::update);
    for (FileField *file : {m_authorities, m_certificate, m_key})
        connect(file, &FileField::changed, this, &SecuritySection::update);
    connect(m_pin, &QLineEdit::textChanged, this, &SecuritySection::update);
    connect(m_authorities, &FileField::chosen, this, &SecuritySection::authorityChosen);
}

void SecuritySection::update()
{
    const bool hasTls = !m_plainHttp->isChecked();
    const bool isPinned = !m_pin->text().trimmed().isEmpty();
    for (QWidget *widget : QList<QWidget *>{m_authorities, m_certificate, m_key, m_pin})
        widget->setEnabled(hasTls);
    m_passphrase->setEnabled(hasTls && !m_key->path().isEmpty());
    m_unverified->setEnabled(hasTls && !isPinned);
    m_warning->setVisible(m_unverified->isChecked() && m_unverified->isEnabled());
    emit changed();
}

bool SecuritySection::mayLeadInwards() const
{
    return m_inwards->isChecked();
}

void SecuritySection::setMayLeadInwards(bool isAllowed)
{
    m_inwards->setChecked(isAllowed);
    if (isAllowed)
        setOpen(true);
}

TlsChoice SecuritySection::choice() const
{
    return {.authorities = m_authorities->path(),
            .certificate = m_certificate->path(),
            .key = m_key->path(),
            .passphrase = Secret(m_passphrase->text().toUtf8()),
            .pin = m_pin->text().trimmed(),
            .isVerified = !m_unverified->isChecked()};
}

void SecuritySection::setChoice(const TlsChoice &choice)
{
    m_authorities->setPath(choice.authorities);
    m_certificate->setPath(choice.certificate);
    m_key->setPath(choice.key);
    m_passphrase->setText(QString::fromUtf8(choice.passphrase.reveal()));
    m_pin->setText(choice.pin);
    m_pin->setCursorPosition(0);
    m_unverified->setChecked(!choice.isVerified);
    if (choice != TlsChoice())
        setOpen(true);
}

bool SecuritySection::allowsPlainHttp() const
{
    return m_plainHttp->isChecked();
}

void SecuritySection::setAllowsPlainHttp(bool isAllowed)
{
    m_plainHttp->setChecked(isAllowed);
    if (isAllowed)
        setOpen(true);
}

void SecuritySection::setOpen(bool isOpen)
{
    m_isOpen = isOpen;
    m_toggle->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    m_toggle->setAccessibleDescription(isOpen ? tr("open") : tr("closed"));
    m_content->setVisible(isOpen);
}

void SecuritySection::pin(const QString &fingerprint)
{
    setOpen(true);
    m_unverified->setChecked(false);
    m_pin->setText(fingerprint);
    m_pin->setCursorPosition(0); // The beginning is what people compare.
}

void SecuritySection::chooseAuthority()
{
    setOpen(true);
    m_authorities->choose();
}

void SecuritySection::focusPlainHttp()
{
    setOpen(true);
    m_plainHttp->setFocus();
}

void SecuritySection::focusFiles()
{
    setOpen(true);
    m_authorities->setFocus();
}

} // namespace Longshore::Ui
