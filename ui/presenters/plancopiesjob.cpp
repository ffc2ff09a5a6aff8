// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/plancopiesjob.h"

#include "core/registry/registrysession.h"
#include "core/transfer/planimagecopyjob.h"

#include <algorithm>

namespace Longshore::Ui {

PlanCopiesJob::PlanCopiesJob(const std::shared_ptr<RegistrySession> &target,
                             const QList<CopyOrder> &orders,
                             const QList<std::pair<CopyOrder, ImageCopyPlan>> &known,
                             QObject *parent)
    : ResultJob(parent), m_target(target), m_orders(orders), m_known(known)
{}

/// Whether both differ in nothing but the tag.
static bool isSimilar(const CopyOrder &a, const CopyOrder &b)
{
    return a.image.session == b.image.session && a.image.repository == b.image.repository
           && a.image.reference == b.image.reference && a.repository == b.repository
           && a.isWithReferrers == b.isWithReferrers && a.platforms == b.platforms
           && a.isTagOnly == b.isTagOnly;
}

void PlanCopiesJob::planNext()
{
    if (m_plans.size() == m_orders.size())
        return succeed(m_plans);
    const CopyOrder &order = m_orders.at(m_plans.size());
    const auto known = std::find_if(m_known.begin(), m_known.end(),
                                    [&](const auto &one) { return isSimilar(one.first, order); });
    if (known != m_known.end())
        return lookForTag(known->second, order.tag);
    for (qsizetype i = 0; i < m_plans.size(); ++i) {
        if (isSimilar(m_orders.at(i), order)) // Another tag of the same.
            return lookForTag(m_plans.at(i), order.tag);
    }
    const ImageCopy wanted{order.image.repository, order.image.reference,
                           order.repository,       order.tag,
                           order.platforms,        order.isWithReferrers};
    if (order.isTagOnly)
        return planTag(order, wanted);
    runChild(new PlanImageCopyJob(*order.image.session, *m_target, wanted),
             [this](const Result<ImageCopyPlan> &plan) {
                 if (!plan)
                     return fail(plan.error());
                 m_plans.append(*plan);
                 planNext();
             });
}

void PlanCopiesJob::planTag(const CopyOrder &order, const ImageCopy &wanted)
{
    runChild(
        m_target->fetchManifest(wanted.fromRepository, wanted.from, Session::Priority::Interactive),
        [this, wanted, tag = order.tag](const Result<Manifest> &manifest) {
            if (!manifest)
                return fail(manifest.error());
            lookForTag({wanted, *manifest}, tag);
        });
}

void PlanCopiesJob::lookForTag(ImageCopyPlan plan, const Tag &tag)
{
    plan.wanted.to = tag;
    plan.replaced.reset();
    runChild(m_target->resolve(plan.wanted.toRepository, tag, Session::Priority::Interactive),
             [this, plan](const Result<Descriptor> &found) {
                 if (!found && found.error().kind != Error::Kind::NotFound)
                     return fail(found.error());
                 m_plans.append(plan);
                 if (found && found->digest != plan.image.digest)
                     m_plans.last().replaced = found->digest;
                 planNext();
             });
}

} // namespace Longshore::Ui
