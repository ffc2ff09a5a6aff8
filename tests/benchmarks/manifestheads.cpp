// SPDX-License-Identifier: Apache-2.0
// Asks what each of many tags is, all of one repository and over one session.
// usage: bench_manifestheads HOST/REPOSITORY COUNT PARALLEL    for the tags t0, t1, ...
#include "core/registry/registrysession.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Longshore;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const auto address = RegistryAddress::parse(arguments.value(1));
    if (!address || !address->repository)
        return 2;
    const int count = arguments.value(2).toInt();
    HttpSettings settings;
    settings.parallelRequests = arguments.value(3).toInt();
    Network network;
    RegistrySession session(network, *address, u"http"_s, settings);
    int left = count;
    for (int i = 0; i < count; ++i) {
        const auto tag = Tag::parse(QString(u't' + QString::number(i)));
        auto *job = session.resolve(*address->repository, *tag, Session::Priority::Background);
        job->then(&session, [&](const Result<Descriptor> &descriptor) {
            if (!descriptor)
                QCoreApplication::exit(1);
            else if (--left == 0)
                QCoreApplication::exit(0);
        });
        job->start();
    }
    return QCoreApplication::exec();
}
