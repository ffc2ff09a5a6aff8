// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/registrysession.h"
#include "support/testimages.h"
#include "support/testinventory.h"
#include "ui/presenters/cleanuppresenter.h"

#include <QTest>

/// Two repositories, "app" and "web", of three tags each, and plans for them.
class CleanupWorld
{
public:
    CleanupWorld()
    {
        for (const QString &repository : {QStringLiteral("app"), QStringLiteral("web")}) {
            for (const QString &tag :
                 {QStringLiteral("keep"), QStringLiteral("pr-1"), QStringLiteral("pr-2")})
                TestImages::addImage(
                    registry, repository, tag,
                    {.layers = {QByteArray(repository.toLatin1() + tag.toLatin1())}});
        }
    }

    [[nodiscard]] std::unique_ptr<Longshore::Ui::CleanupPresenter>
    present(const QStringList &repositories, const Longshore::HttpSettings &settings = {})
    {
        using namespace Longshore;
        QList<RepositoryName> names;
        for (const QString &name : repositories)
            names.append(*RepositoryName::parse(name));
        HttpSettings quick = settings;
        quick.retry.firstDelay = std::chrono::milliseconds(1);
        return std::make_unique<Ui::CleanupPresenter>(
            std::make_shared<RegistrySession>(network, *RegistryAddress::parse(registry.host()),
                                              QStringLiteral("http"), quick),
            names);
    }

    /// With a plan that deletes "pr-*".
    [[nodiscard]] std::unique_ptr<Longshore::Ui::CleanupPresenter>
    ready(const QStringList &repositories, const Longshore::HttpSettings &settings = {})
    {
        auto presenter = present(repositories, settings);
        presenter->setRules(deleting(QStringLiteral("pr-*")));
        presenter->read();
        const auto isReady = [&] {
            return presenter->state() == Longshore::Ui::CleanupPresenter::State::Ready;
        };
        if (!QTest::qWaitFor(isReady, 20'000))
            qFatal("the repositories are not read");
        awaitDecision(*presenter);
        return presenter;
    }

    static void awaitDecision(const Longshore::Ui::CleanupPresenter &presenter)
    {
        if (!QTest::qWaitFor([&] { return !presenter.isDeciding(); }, 20'000))
            qFatal("nothing is decided");
    }

    [[nodiscard]] static Longshore::CleanupRules deleting(const QString &globs)
    {
        return {QStringLiteral("test"), {TestInventory::deleteNamed(globs)}};
    }

    FakeRegistry registry;
    Longshore::Network network;
};
