// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/restoretext.h"

#include "ui/format/errortext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui::RestoreText {

namespace {

using Place = RestoreItem::Place;
using Way = RestoreItem::Way;
using State = RestoreOutcome::State;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RestoreText)
};

template <typename List, typename Predicate>
int count(const List &list, Predicate predicate)
{
    return static_cast<int>(std::count_if(list.begin(), list.end(), predicate));
}

} // namespace

QString explanation(const QList<RestoreItem> &items)
{
    QStringList sentences;
    const int lost = count(items, [](const auto &item) { return item.way == Way::Lost; });
    const int same = count(items, [](const auto &item) { return item.place == Place::Same; });
    const int taken = count(items, [](const RestoreItem &item) {
        return item.place == Place::Taken && item.canComeBack();
    });
    const int free = count(items, [](const RestoreItem &item) {
        return item.place == Place::Free && item.canComeBack();
    });
    if (free > 0)
        sentences.append(Text::tr("%n tag(s) can come back.", nullptr, free));
    if (same > 0)
        sentences.append(Text::tr("%n tag(s) are there already.", nullptr, same));
    if (taken > 0)
        sentences.append(Text::tr(
            "%n tag(s) point to something else by now. Those that you tick are moved back, "
            "after what they point to was saved.",
            nullptr, taken));
    if (lost > 0)
        sentences.append(Text::tr("%n tag(s) cannot come back: the server has removed layers that "
                                  "are not in the backup.",
                                  nullptr, lost));
    return sentences.join(u' ');
}

QString state(const RestoreItem &item)
{
    if (item.place == Place::Same)
        return Text::tr("is there already");
    if (item.way == Way::Lost)
        return Text::tr("cannot come back: its layers are gone");
    if (item.place == Place::Taken)
        return Text::tr("points to %1 by now").arg(item.current->digest.shortText());
    return item.way == Way::FromBackup ? Text::tr("can come back, with parts from the backup")
                                       : Text::tr("can come back");
}

QString outcome(const RestoreOutcome &outcome)
{
    const QString reason = outcome.error ? outcome.error->message : QString();
    switch (outcome.state) {
    case State::Restored:
        return outcome.listError ? Text::tr("Restored, but not listed as what it is about: %1")
                                       .arg(outcome.listError->message)
                                 : Text::tr("Restored");
    case State::AlreadyThere: return Text::tr("Was there already");
    case State::Conflict:
        return reason.isEmpty() ? Text::tr("Left alone: it points to something else")
                                : Text::tr("Left alone: %1").arg(reason);
    case State::Lost: return Text::tr("Left out: its layers are gone");
    case State::Failed: return Text::tr("Failed: %1").arg(reason);
    case State::NotTried: return Text::tr("Not tried");
    }
    Q_UNREACHABLE();
}

QString failure(const Error &error)
{
    if (error.isCancelled())
        return Text::tr("Stopped. See what was restored by reloading the list.");
    const ErrorText text = errorText(error);
    return QString(text.summary() + u' ' + text.details).simplified();
}

QString headline(const QList<RestoreOutcome> &outcomes)
{
    const auto part = [&](State state) {
        return count(outcomes, [state](const auto &outcome) { return outcome.state == state; });
    };
    QStringList parts{Text::tr("%n tag(s) restored", nullptr, part(State::Restored))};
    if (const int there = part(State::AlreadyThere))
        parts.append(Text::tr("%n was there", nullptr, there));
    if (const int left = part(State::Conflict) + part(State::Lost))
        parts.append(Text::tr("%n left alone", nullptr, left));
    if (const int failed = part(State::Failed))
        parts.append(Text::tr("%n failed", nullptr, failed));
    if (const int untried = part(State::NotTried))
        parts.append(Text::tr("%n not tried", nullptr, untried));
    return parts.join(u", "_s) + u'.';
}

} // namespace Longshore::Ui::RestoreText
