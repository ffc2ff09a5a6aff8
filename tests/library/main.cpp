// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>
#include <QTextStream>

#include <core/http/networkthread.h>
#include <core/registry/openregistryjob.h>
#include <core/registry/registrysession.h>
int main(int argc, char *argv[]) // list_tags HOST/REPOSITORY
{
    QCoreApplication application(argc, argv);
    const auto address = Longshore::RegistryAddress::parse(application.arguments().value(1));
    if (!address || !address->repository)
        return 2;
    Longshore::Network network;
    std::shared_ptr<Longshore::RegistrySession> session; // Its jobs end when it goes.
    auto *open = new Longshore::OpenRegistryJob(network, {*address}, &application);
    open->then(&application, [&](const auto &opened) {
        if (!opened)
            return application.exit(1);
        session = opened->session;
        auto *tags = session->listTags(*address->repository);
        QObject::connect(tags, &Longshore::ListNamesJob::namesListed, &application,
                         [](const auto &page) { QTextStream(stdout) << page.join('\n') << '\n'; });
        tags->then(&application, [&](const auto &result) { application.exit(result ? 0 : 1); });
        tags->start();
    });
    open->start();
    return application.exec();
}
