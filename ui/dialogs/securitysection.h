// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/tlschoice.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QToolButton;

namespace Longshore::Ui {

class FileField;

/// How a registry is trusted: closed until somebody needs it, or until there is something in it.
class SecuritySection final : public QWidget
{
    Q_OBJECT

public:
    explicit SecuritySection(QWidget *parent = nullptr);

    [[nodiscard]] TlsChoice choice() const;
    void setChoice(const TlsChoice &choice);
    [[nodiscard]] bool allowsPlainHttp() const;
    void setAllowsPlainHttp(bool isAllowed);
    [[nodiscard]] bool mayLeadInwards() const;
    void setMayLeadInwards(bool isAllowed);

    /// Trusts the one certificate with that fingerprint from now on.
    void pin(const QString &fingerprint);
    /// Lets the person choose the file of the authority; authorityChosen() follows.
    void chooseAuthority();
    void focusPlainHttp();
    void focusFiles();

signals:
    void changed();
    void authorityChosen();

private:
    void buildLayout();
    void connectSignals();
    void setOpen(bool isOpen);
    void update();

    bool m_isOpen = false;
    QToolButton *m_toggle;
    QWidget *m_content;
    QCheckBox *m_plainHttp;
    FileField *m_authorities;
    FileField *m_certificate;
    FileField *m_key;
    QLineEdit *m_passphrase;
    QLineEdit *m_pin;
    QCheckBox *m_unverified;
    QCheckBox *m_inwards;
    QWidget *m_warning;
};

} // namespace Longshore::Ui
