// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/testinventory.h"
#include "support/testwindow.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/pages/cleanuppage.h"

/// Plans and carries out a clean-up in the window, as a person does.
namespace CleanupReview {

/// Of "pr-*" in a repository.
[[nodiscard]] inline Longshore::Ui::CleanupPage &plan(TestWindow &test, const QString &repository)
{
    test.open(repository);
    test.window.actions().cleanUp->trigger();
    auto *page = test.page<Longshore::Ui::CleanupPage>();
    if (!page)
        qFatal("no plan is in front");
    page->setRules({{}, {TestInventory::deleteNamed(QStringLiteral("pr-*"))}});
    if (!QTest::qWaitFor([&] { return page->isLoaded(); }, 20'000))
        qFatal("the plan does not come");
    return *page;
}

[[nodiscard]] inline Longshore::Ui::CleanupPage &run(TestWindow &test, const QString &repository)
{
    using Longshore::Ui::CleanupPresenter;
    Longshore::Ui::CleanupPage &page = plan(test, repository);
    press(page, QStringLiteral("cleanUpNow"));
    press(awaitDialog(QStringLiteral("cleanupDialog")), QStringLiteral("confirmCleanup"));
    const auto isDone = [&] { return page.presenter().state() == CleanupPresenter::State::Done; };
    if (!QTest::qWaitFor(isDone, 20'000))
        qFatal("the run comes to no end");
    return page;
}

} // namespace CleanupReview
