// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"

#include "core/base/displaytext.h"

#include <QAbstractItemModel>
#include <QRegularExpression>
#include <QTextDocumentFragment>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace HostileText {

// The longest tool tip, every character of it escaped.
constexpr qsizetype longest = 4096 * 9;

QStringList samples()
{
    return {u"<img src='file:///etc/hostname'><b>bold</b>"_s,
            u"<a href=\"http://127.0.0.1/\">here</a>"_s,
            u"&lt;b&gt; &amp; &File"_s,
            u"photo\u202Egnp.exe"_s,
            u"two\nlines\r\n\tand \x1B[31mcolour\x07"_s,
            u"zero\u200Bwidth\uFEFF\u2066isolate"_s,
            u"%1 %n %s %2"_s,
            QString(1024 * 1024, u'x'),
            QString(u'e' + QString(100'000, u'\u0301'))};
}

QString complaintAbout(const QString &text)
{
    // The marks around a quotation are ours.
    const QString plain = QString(text).remove(u'\u2068').remove(u'\u2069');
    if (text.size() > longest)
        return u"is %1 characters long"_s.arg(text.size());
    if (displayText(plain, plain.size()) != plain)
        return u"shows a character that can mislead: %1"_s.arg(displayText(plain));
    if (plain.contains("\\u{2068}"_L1))
        return u"was escaped twice: %1"_s.arg(plain.left(80));
    return {};
}

QString readToolTip(const QString &toolTip)
{
    return Qt::mightBeRichText(toolTip) ? QTextDocumentFragment::fromHtml(toolTip).toPlainText()
                                        : toolTip;
}

static void checkRow(const QModelIndex &index, QStringList &complaints)
{
    const auto check = [&](int role, const QString &text) {
        const QString complaint = complaintAbout(text);
        if (!complaint.isEmpty())
            complaints.append(u"role %1 %2"_s.arg(role).arg(complaint));
    };
    for (const int role : {Qt::DisplayRole, Qt::StatusTipRole, Qt::WhatsThisRole,
                           Qt::AccessibleTextRole, Qt::AccessibleDescriptionRole})
        check(role, index.data(role).toString());
    const QString toolTip = index.data(Qt::ToolTipRole).toString();
    // Line ends are what a tool tip may have: it lists things.
    check(Qt::ToolTipRole, readToolTip(toolTip).remove(u'\n'));
    static const QRegularExpression ours(u"</?span>|<br>"_s);
    if (QString(toolTip).remove(ours).contains(u'<'))
        complaints.append(u"a tool tip is markup: %1"_s.arg(toolTip.left(80)));
}

static void checkRows(const QAbstractItemModel &model, const QModelIndex &parent,
                      QStringList &complaints)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column)
            checkRow(model.index(row, column, parent), complaints);
        checkRows(model, model.index(row, 0, parent), complaints);
    }
}

QStringList complaintsAbout(const QAbstractItemModel &model)
{
    QStringList complaints;
    checkRows(model, {}, complaints);
    return complaints;
}

} // namespace HostileText
