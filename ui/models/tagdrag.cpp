// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tagdrag.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeData>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

static const QString mimeType = u"application/x-longshore-tags"_s;
constexpr qsizetype mostBytes = 16 << 20;

void TagDrag::writeTo(QMimeData &data) const
{
    QStringList references;
    for (const QString &tag : tags)
        references.append(host + u'/' + repository + u':' + tag);
    data.setText(references.join(u'\n'));
    data.setData(mimeType, QJsonDocument(QJsonObject{{u"connection"_s, connectionId},
                                                     {u"host"_s, host},
                                                     {u"repository"_s, repository},
                                                     {u"tags"_s, QJsonArray::fromStringList(tags)}})
                               .toJson(QJsonDocument::Compact));
}

bool TagDrag::isIn(const QMimeData &data)
{
    return data.hasFormat(mimeType);
}

std::optional<TagDrag> TagDrag::from(const QMimeData &data)
{
    const QByteArray bytes = data.data(mimeType);
    if (bytes.size() > mostBytes)
        return {};
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    TagDrag drag{object["connection"_L1].toString(),
                 object["host"_L1].toString(),
                 object["repository"_L1].toString(),
                 {}};
    const QJsonArray tags = object["tags"_L1].toArray();
    for (const QJsonValue &tag : tags) {
        if (!Tag::parse(tag.toString()))
            return {};
        drag.tags.append(tag.toString());
    }
    return drag.tags.isEmpty() || !RepositoryName::parse(drag.repository) ? std::nullopt
                                                                          : std::optional(drag);
}

} // namespace Longshore::Ui
