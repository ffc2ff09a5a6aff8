// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupreport.h"

#include <QTreeWidget>

namespace Longshore::Ui {

class DeletionPresenter;

/// A line for each tag: what will become of it, later what did.
class DeletionList final : public QTreeWidget
{
    Q_OBJECT

public:
    explicit DeletionList(QWidget *parent = nullptr);

    /// What is chosen now, every tag of the same images, and what stays of these without a tag.
    void showPlan(const DeletionPresenter &presenter);
    /// What stays without a tag, where it was found only after showPlan(): nobody loses their place.
    void appendRemains(const DeletionPresenter &presenter);
    void showReport(const CleanupReport &report);

private:
    void showChoice(const DeletionPlan &plan);
    void add(const Tag &tag, const QString &effect, const Digest &digest,
             const std::optional<Error> &error = {});
    void hideIfEmpty(int column);
};

} // namespace Longshore::Ui
