// SPDX-License-Identifier: Apache-2.0
// Lists the tags of a repository, and prints how many there are and in how many milliseconds they
// were handed over. usage: bench_milliontags HOST/REPOSITORY
#include "core/registry/registrysession.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace Longshore;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const auto address = RegistryAddress::parse(QCoreApplication::arguments().value(1));
    if (!address || !address->repository)
        return 2;
    Network network;
    RegistrySession session(network, *address, u"http"_s);
    QElapsedTimer clock;
    QStringList tags;
    ListNamesJob *job = session.listTags(*address->repository);
    QObject::connect(job, &ListNamesJob::namesListed, &session,
                     [&](const QStringList &page) { tags += page; });
    job->then(&session, [&](const Result<ListSummary> &result) {
        std::printf("%lld %lld\n", tags.size(), clock.elapsed());
        QCoreApplication::exit(result ? 0 : 1);
    });
    clock.start();
    job->start();
    return QCoreApplication::exec();
}
