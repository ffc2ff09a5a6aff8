// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/statusline.h"

#include "core/base/displaytext.h"
#include "core/registry/registrysession.h"
#include "ui/format/tooltip.h"
#include "ui/presenters/connectionproperties.h"
#include "ui/presenters/connectionprotection.h"
#include "ui/views/iconlabel.h"

#include <QDir>
#include <QLabel>
#include <QStatusBar>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

constexpr int mostMilliseconds = 3'600'000;

static QLabel *makeLabel(const QString &name)
{
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setContentsMargins(6, 0, 6, 0);
    return label;
}

StatusLine::StatusLine(QStatusBar &bar)
    : QObject(&bar)
    , m_bar(bar)
    , m_protection(new IconLabel)
    , m_connection(makeLabel(u"connectionStatus"_s))
    , m_page(makeLabel(u"pageStatus"_s))
    , m_transfers(makeLabel(u"transferStatus"_s))
{
    m_protection->setObjectName(u"protection"_s);
    m_protection->setContentsMargins(6, 0, 0, 0);
    m_protection->hide();
    bar.addWidget(m_protection);
    bar.addWidget(m_connection); // Gives way to what has just happened.
    bar.addPermanentWidget(m_page);
    bar.addPermanentWidget(m_transfers);
}

void StatusLine::showPage(const QString &summary)
{
    m_page->setText(summary);
}

void StatusLine::showTransfers(qsizetype activeCount)
{
    m_transfers->setText(
        activeCount > 0 ? tr("%n transfer(s)", nullptr, static_cast<int>(activeCount)) : QString());
}

/// The picture of a danger beside the words that say it, and what follows from it.
void StatusLine::showProtection(Protection protection)
{
    m_protection->setIcon(protectionIcon(protection));
    m_protection->setVisible(protection != Protection::Ordinary);
    m_protection->setAccessibleName(protectionSentence(protection));
    m_protection->setToolTip(toolTipText(protectionSentence(protection)));
    m_connection->setAccessibleDescription(protectionSentence(protection));
}

void StatusLine::showConnection(const RegistrySession *session, const FoundCredentials &account)
{
    m_connection->setToolTip({});
    showProtection(session ? protectionOf(*session) : Protection::Ordinary);
    if (!session)
        return m_connection->clear();
    if (!session->credentials().isEmpty())
        m_connection->setToolTip(toolTipText(
            tr("Sign-in %1", "as entered, from a file").arg(account.source.toString())));
    QStringList parts{displayText(session->host()), accountText(*session),
                      encryptionText(*session)};
    if (session->client().settings().isReadOnly)
        parts.append(tr("read-only"));
    if (session->client().settings().isProduction)
        parts.append(tr("production"));
    m_connection->setText(parts.join(u" \u00b7 "_s));
}

void StatusLine::showFiles(const QString &path)
{
    showConnection(nullptr, {});
    m_connection->setText(
        tr("%1, read-only", "a file").arg(displayText(QDir::toNativeSeparators(path), 100)));
}

void StatusLine::showRetry(const Error &reason, std::chrono::milliseconds delay)
{
    const auto seconds = static_cast<int>((delay.count() + 999) / 1000);
    m_bar.showMessage(tr("%1 Trying again in %n second(s).", nullptr, seconds).arg(reason.message),
                      static_cast<int>(qMin<qint64>(delay.count() + 1000, mostMilliseconds)));
}

void StatusLine::showCopied()
{
    m_bar.showMessage(tr("Copied"), 2000);
}

void StatusLine::showHint(const QString &text)
{
    m_bar.showMessage(text);
}

} // namespace Longshore::Ui
