// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/restoreresult.h"

#include "app/commandline/errortext.h"
#include "app/commandline/output.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using State = RestoreOutcome::State;
using Place = RestoreItem::Place;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RestoreResult)
};

constexpr QLatin1StringView restored{"restored"};
constexpr QLatin1StringView restorable{"restorable"};
constexpr QLatin1StringView unchanged{"unchanged"};
constexpr QLatin1StringView conflicts{"conflicts"};
constexpr QLatin1StringView missing{"missing"};
constexpr QLatin1StringView failed{"failed"};

QLatin1StringView listOf(State state)
{
    switch (state) {
    case State::Restored: return restored;
    case State::AlreadyThere: return unchanged;
    case State::Conflict: return conflicts;
    case State::Lost: return missing;
    case State::Failed:
    case State::NotTried: return failed;
    }
    Q_UNREACHABLE();
}

/// What would become of it, if tags that point elsewhere are kept.
QLatin1StringView listOf(const RestoreItem &item)
{
    if (item.place == Place::Same)
        return unchanged;
    if (!item.canComeBack())
        return missing;
    return item.place == Place::Taken ? conflicts : restorable;
}

QString wordFor(QLatin1StringView list)
{
    if (list == restored)
        return Text::tr("restored");
    if (list == restorable)
        return Text::tr("can come back");
    if (list == unchanged)
        return Text::tr("is there");
    if (list == conflicts)
        return Text::tr("points elsewhere");
    return list == missing ? Text::tr("lost") : Text::tr("failed");
}

} // namespace

RestoreResult::RestoreResult(const RestorePlan &plan) : m_isDryRun(true)
{
    for (const RestoreItem &item : plan.items)
        m_lines.append({listOf(item), item});
}

RestoreResult::RestoreResult(const RestoreReport &report) : m_replacedBackup(report.replacedBackup)
{
    for (const RestoreOutcome &outcome : report.outcomes) {
        m_lines.append({listOf(outcome.state), outcome.item, outcome.error});
        if (outcome.listError && !m_listError)
            m_listError = outcome.listError;
    }
}

qsizetype RestoreResult::count(QLatin1StringView list) const
{
    return std::count_if(m_lines.begin(), m_lines.end(),
                         [list](const Line &line) { return line.list == list; });
}

QJsonObject RestoreResult::toJson(const Line &line)
{
    const RestoreItem &item = line.item;
    QJsonObject object{
        {u"tag"_s, item.tag ? QJsonValue(item.tag->toString()) : QJsonValue(QJsonValue::Null)},
        {u"digest"_s, item.manifest.digest.toString()}};
    if (item.current)
        object.insert(u"current"_s, item.current->digest.toString());
    QJsonArray blobs;
    for (const Digest &digest : item.lost)
        blobs.append(digest.toString());
    if (!blobs.isEmpty())
        object.insert(u"blobs"_s, blobs);
    if (line.list == failed && line.error)
        object.insert(u"error"_s, errorObject(*line.error));
    return object;
}

void RestoreResult::write(Output &output) const
{
    QJsonObject object;
    for (const QLatin1StringView list :
         {m_isDryRun ? restorable : restored, conflicts, missing, unchanged, failed})
        object.insert(list, QJsonArray());
    for (const Line &line : m_lines) {
        QJsonArray list = object.value(line.list).toArray();
        list.append(toJson(line));
        object.insert(line.list, list);
        if (!output.isJson())
            output.writeRow({wordFor(line.list), line.item.reference().toString(),
                             line.item.manifest.digest.toString()});
    }
    if (!m_replacedBackup.isEmpty())
        object.insert(u"backup"_s, m_replacedBackup);
    if (output.isJson())
        output.writeObject(object);
    else
        output.writeField(Text::tr("Saved to"), m_replacedBackup);
}

std::optional<Error> RestoreResult::firstError() const
{
    for (const Line &line : m_lines) {
        if (line.list == failed && line.error)
            return line.error;
    }
    if (count(missing) > 0)
        return Error{Error::Kind::NotFound,
                     Text::tr("%n cannot come back: neither the server nor the backup has all of "
                              "it.",
                              nullptr, static_cast<int>(count(missing)))};
    if (count(conflicts) > 0)
        return Error{Error::Kind::Changed,
                     Text::tr("%n tag(s) point to something else by now and stay. Add --replace to "
                              "move them.",
                              nullptr, static_cast<int>(count(conflicts)))};
    return m_listError;
}

ExitStatus RestoreResult::status() const
{
    const auto error = firstError();
    if (!error)
        return ExitStatus::Done;
    const bool isAnythingThere = count(restored) + count(restorable) + count(unchanged) > 0;
    return isAnythingThere ? ExitStatus::PartlyDone : exitStatusFor(*error);
}

} // namespace Longshore
