// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/commandtable.h"
#include "app/commandline/errortext.h"
#include "app/commandline/imagejson.h"
#include "app/commandline/listcommand.h"
#include "core/base/foreachjob.h"
#include "core/oci/naturalorder.h"
#include "core/session/readtagdetailsjob.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Tags)
};

QStringList byVersion(const QStringList &names)
{
    QList<std::pair<QString, QString>> keyed; // A comparison of names would make their keys anew.
    keyed.reserve(names.size());
    for (const QString &name : names)
        keyed.emplaceBack(naturalKey(name), name);
    std::sort(keyed.begin(), keyed.end());
    QStringList sorted;
    sorted.reserve(names.size());
    for (const auto &[key, name] : keyed)
        sorted.append(name);
    return sorted;
}

/// Lists the tags of a repository, with what they point to if that is wanted.
class TagsCommand final : public ListCommand
{
public:
    using ListCommand::ListCommand;

private:
    void doStart() override
    {
        const QString order = invocation().options.value(u"sort"_s, u"name"_s);
        if (order != "name"_L1 && order != "version"_L1)
            return fail(invalidArgument(Text::tr("--sort knows \"name\" and \"version\".")));
        openRepository([this](const RepositoryName &repository) { list(repository); });
    }

    /// Names go out as they come, unless they have to be sorted.
    void list(const RepositoryName &repository)
    {
        const bool mustWait = invocation().has(u"sort"_s) || invocation().has(u"details"_s);
        readNames(
            session().listTags(repository),
            [this, mustWait](const QStringList &names) {
                if (!mustWait)
                    return writeNames(names);
                m_names += names;
            },
            [this, repository] { handleNames(repository); });
    }

    void handleNames(const RepositoryName &repository)
    {
        const QString order = invocation().options.value(u"sort"_s);
        if (order == "version"_L1)
            m_names = byVersion(m_names);
        else if (order == "name"_L1)
            std::sort(m_names.begin(), m_names.end());
        if (invocation().has(u"details"_s))
            return readDetails(repository);
        writeNames(m_names);
        conclude();
    }

    void readDetails(const RepositoryName &repository)
    {
        auto *readAll = new ForEachJob<QString, TagDetails>(
            m_names,
            [this, repository](const QString &name) {
                return new ReadTagDetailsJob(session(), repository, *Tag::parse(name),
                                             Session::Priority::Interactive);
            },
            [this](const QString &name, const Result<TagDetails> &details) {
                m_details.insert(name, details);
                writeWhatIsNext();
            });
        runChild(readAll, [this](const Result<Done> &) { concludeDetails(); });
    }

    /// Answers come in any order, and leave in the order of the list.
    void writeWhatIsNext()
    {
        while (m_written < m_names.size() && m_details.contains(m_names.at(m_written))) {
            const QString &name = m_names.at(m_written++);
            const Result<TagDetails> details = *m_details.find(name);
            m_details.remove(name);
            if (details)
                write(name, *details);
            else
                writeFailure(name, details.error());
        }
        output().flush();
    }

    void write(const QString &name, const TagDetails &details)
    {
        output().addToList(
            toJson(name, details),
            {name, details.manifest.digest.toString(),
             details.size < 0 ? u"-"_s : QLocale().formattedDataSize(details.size),
             details.created.isValid() ? details.created.toString(Qt::ISODate) : u"-"_s,
             details.platformNames().join(u',')});
    }

    /// The list goes on; of thousands of failures only the first is put into words.
    void writeFailure(const QString &name, const Error &error)
    {
        ++m_failureCount;
        m_firstFailure = m_firstFailure.value_or(error);
        output().addToList(QJsonObject{{u"tag"_s, name}, {u"error"_s, errorObject(error)}},
                           {name, u"-"_s, u"-"_s, u"-"_s, u"-"_s});
    }

    void concludeDetails()
    {
        if (m_firstFailure)
            m_firstFailure->message.prepend(
                Text::tr("Tags that could not be read: %1. The first: ").arg(m_failureCount));
        conclude(m_firstFailure);
    }

    QStringList m_names;
    QHash<QString, Result<TagDetails>> m_details; ///< Of tags whose turn has not come yet.
    qsizetype m_written = 0;
    std::optional<Error> m_firstFailure;
    qsizetype m_failureCount = 0;
};

} // namespace

CommandEntry tagsEntry()
{
    return {u"tags"_s,
            u"HOST/REPO"_s,
            Text::tr("The tags of a repository."),
            {{u"sort"_s, Text::tr("By \"name\", or by \"version\": v9 before v10."), u"ORDER"_s},
             {u"details"_s, Text::tr("With digest, size, creation date and platforms.")}},
            &makeCommand<TagsCommand>};
}

} // namespace Longshore
