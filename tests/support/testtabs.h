// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/registrysession.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "ui/mainwindow/pagetabs.h"
#include "ui/models/registrytreemodel.h"
#include "ui/presenters/registrypresenter.h"

#include <QBoxLayout>
#include <QSignalSpy>
#include <QTemporaryDir>

/// The tabs alone, with what they need of the window, on a fake registry.
class TestTabs
{
public:
    TestTabs()
    {
        (new QVBoxLayout(&window))->addWidget(&tabs);
        window.resize(900, 600);
        window.show();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("the window does not come up");
    }
    Q_DISABLE_COPY_MOVE(TestTabs)

    /// Connects, and waits until the registry's list has been read or the connection has failed.
    QString connectTo(const Longshore::SavedConnection &connection)
    {
        using Longshore::Ui::RegistryPresenter;
        const QSignalSpy ended(&registries, &RegistryPresenter::listingEnded);
        const QSignalSpy failed(&registries, &RegistryPresenter::openingFailed);
        const QString id = registries.connectTo(connection, {});
        await([&] { return ended.size() + failed.size() > 0; });
        return id;
    }
    QString connectToRegistry() { return connectTo({{}, QStringLiteral("one"), registry.host()}); }

    /// "team/app", "team/app:1.0" or "team/app@sha256:…" over that connection.
    [[nodiscard]] static Longshore::Ui::Place place(const QString &id, const QString &text)
    {
        const auto address =
            Longshore::RegistryAddress::parse(QStringLiteral("reg.example/") + text);
        return {id, *address->repository, address->reference};
    }

    /// Opens the place, and waits until it shows everything.
    Longshore::Ui::Page &open(const Longshore::Ui::Place &place)
    {
        tabs.open(place);
        await([&] {
            return tabs.currentPage() && tabs.currentPage()->place() == place
                   && tabs.currentPage()->isLoaded();
        });
        return *tabs.currentPage();
    }
    /// What the tabs are of, from left to right.
    [[nodiscard]] QStringList titles() const
    {
        QStringList result;
        const auto pages = tabs.pages();
        for (const auto *page : pages)
            result.append(page->title());
        return result;
    }

    Longshore::Network network;
    FakeRegistry registry;
    QTemporaryDir folder;
    Longshore::ConnectionStore store{folder.filePath(QStringLiteral("connections.json"))};
    Longshore::WindowSettings settings{folder.filePath(QStringLiteral("window.ini"))};
    Longshore::Ui::RegistryTreeModel model;
    Longshore::Ui::RegistryPresenter registries{network, store, model};
    QWidget window;
    Longshore::Ui::PageTabs tabs{registries, settings, &window};

private:
    template <typename Condition>
    static void await(Condition &&condition)
    {
        if (!QTest::qWaitFor(condition, 20'000))
            qFatal("the tabs come to no end");
    }
};
