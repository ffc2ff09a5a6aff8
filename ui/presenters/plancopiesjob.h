// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/copypresenter.h"

namespace Longshore::Ui {

/// Plans several copies into one registry, one after the other.
class PlanCopiesJob final : public ResultJob<QList<ImageCopyPlan>>
{
    Q_OBJECT

public:
    /// What is \a known of an earlier order is taken from there, but for its tag, which is looked for.
    PlanCopiesJob(const std::shared_ptr<RegistrySession> &target, const QList<CopyOrder> &orders,
                  const QList<std::pair<CopyOrder, ImageCopyPlan>> &known,
                  QObject *parent = nullptr);

private:
    void doStart() override { planNext(); }
    void planNext();
    void planTag(const CopyOrder &order, const ImageCopy &wanted);
    void lookForTag(ImageCopyPlan plan, const Tag &tag);

    const std::shared_ptr<RegistrySession> m_target;
    const QList<CopyOrder> m_orders;
    const QList<std::pair<CopyOrder, ImageCopyPlan>> m_known;
    QList<ImageCopyPlan> m_plans;
};

} // namespace Longshore::Ui
