// SPDX-License-Identifier: Apache-2.0
// Decides about 20,000 known tags again and again, as the cleanup page does while somebody types, and
// prints how long that takes and the plan of what goes. Fails above the limits.
// usage: bench_cleanupplan
#include "core/cleanup/cleanupdecision.h"
#include "core/cleanup/cleanuppresets.h"
#include "core/cleanup/deletionplan.h"

#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <cstdio>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

constexpr int tagCount = 20'000;
constexpr qint64 mostMilliseconds = 300;

const QDateTime &now()
{
    static const QDateTime time(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    return time;
}

QString nameOf(int number)
{
    switch (number % 5) {
    case 0: return u"v%1.%2.%3"_s.arg(number % 7).arg(number % 23).arg(number);
    case 1: return u"nightly-%1"_s.arg(number);
    case 2: return u"pr-%1-%2"_s.arg(number / 9).arg(number);
    case 3: return u"main-%1"_s.arg(number * 7919, 8, 16, QChar(u'0'));
    default: return u"%1.%2-alpine-%3"_s.arg(number % 4).arg(number % 31).arg(number);
    }
}

void add(RepositoryInventory &inventory, int number)
{
    // Every third tag shares its image with the one before.
    const Digest image = Digest::ofBytes(QByteArray::number(number - (number % 3 == 0 ? 1 : 0)));
    const Descriptor manifest{MediaType::ociManifest(), image, 500};
    inventory.snapshot.tags.append({*Tag::parse(nameOf(number)), manifest});
    ManifestDetails details{manifest.mediaType, manifest.size};
    details.created = now().addSecs(-3600LL * (number % 9000));
    details.isConfigKnown = true;
    details.platforms = QStringList{u"linux/amd64"_s};
    details.labels.insert(u"team"_s, number % 2 == 0 ? u"red"_s : u"blue"_s);
    details.size = 1000;
    for (int layer = 0; layer < 4; ++layer)
        details.blobs.insert(Digest::ofBytes(QByteArray::number(number / (layer + 1))), 250);
    inventory.details.insert(image, details);
}

CleanupRules manyRules(int days)
{
    using Action = CleanupRule::Action;
    using Order = NewestCondition::Order;
    CleanupRules rules = rulesOf(CleanupPreset::Nightlies);
    const TagPattern expression(u"pr-\\d+-\\d+"_s, TagPattern::Syntax::RegularExpression);
    rules.rules += QList<CleanupRule>{
        {Action::Keep, {NewestCondition{3, Order::Version, TagLine::MinorVersion}}},
        {Action::Keep, {LabelCondition{u"team"_s, TagPattern(u"gr*"_s)}}},
        {Action::Delete,
         {NameCondition{{expression}}, AgeCondition{AgeCondition::Side::Older, 14}}},
        {Action::Delete, {ReplacedCondition{}, AgeCondition{AgeCondition::Side::Older, days}}},
        {Action::Delete, {AgeCondition{AgeCondition::Side::Older, days}}}};
    return rules;
}

template <typename Work>
qint64 median(Work work)
{
    std::array<qint64, 9> times{};
    for (size_t run = 0; run < times.size(); ++run) {
        QElapsedTimer clock;
        clock.start();
        work(static_cast<int>(run));
        times[run] = clock.elapsed();
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

} // namespace

int main()
{
    RepositoryInventory inventory{{*RepositoryName::parse(u"team/app"), now(), {}, {}, {}, {}}, {}};
    for (int number = 1; number <= tagCount; ++number)
        add(inventory, number);
    std::optional<CleanupDecisions> decisions;
    const qint64 deciding = median(
        [&](int run) { decisions = decideCleanup(inventory, manyRules(30 + run), {now()}); });
    qsizetype manifests = 0;
    const qint64 planning = median(
        [&](int) { manifests = deletionPlanFor(*decisions, inventory.snapshot).groups.size(); });
    std::printf("%d tags, of which %lld go: decided in %lld ms, planned in %lld ms (limit %lld)\n",
                tagCount, decisions->removedCount(), deciding, planning, mostMilliseconds);
    const bool isEnough = decisions->removedCount() > tagCount / 10 && manifests > 0;
    return isEnough && deciding <= mostMilliseconds && planning <= mostMilliseconds ? 0 : 1;
}
