// SPDX-License-Identifier: Apache-2.0
#include "ui/models/imageproperties.h"

#include "core/base/displaytext.h"
#include "ui/format/valueformat.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ImageProperties)
};

/// Collects properties, leaving out what nobody has given a value.
class PropertyList
{
public:
    void title(const QString &name) { m_title = name; }
    void add(const QString &name, const QString &value)
    {
        if (value.isEmpty())
            return;
        if (!m_title.isEmpty())
            m_properties.append({std::exchange(m_title, {}), {}, true});
        m_properties.append({name, value});
    }
    /// Keys from outside.
    void addAll(const QMap<QString, QString> &pairs)
    {
        for (auto pair = pairs.begin(); pair != pairs.end(); ++pair)
            add(displayText(pair.key(), 100), pair.value());
    }
    [[nodiscard]] const QList<Property> &result() const { return m_properties; }

private:
    QList<Property> m_properties;
    QString m_title; ///< Written with the first property behind it.
};

/// A variable whose name says that its value is nobody's business.
QString masked(const QString &variable)
{
    static const QStringList words{u"PASSWORD"_s, u"PASSWD"_s,  u"SECRET"_s,     u"TOKEN"_s,
                                   u"APIKEY"_s,   u"API_KEY"_s, u"PRIVATE_KEY"_s};
    const QString name = variable.section(u'=', 0, 0);
    const bool isSecret = std::any_of(words.begin(), words.end(), [&](const QString &word) {
        return name.contains(word, Qt::CaseInsensitive);
    });
    return isSecret ? QString(name + u"=\u2022\u2022\u2022\u2022"_s) : variable;
}

void addConfig(const ImageConfig &config, PropertyList &list)
{
    list.title(Text::tr("Runs"));
    list.add(Text::tr("Entry point"), config.entrypoint.join(u' '));
    list.add(Text::tr("Command"), config.command.join(u' '));
    list.add(Text::tr("User"), config.user);
    list.add(Text::tr("Working folder"), config.workingDirectory);
    list.add(Text::tr("Ports"), config.exposedPorts.join(u", "_s));
    list.add(Text::tr("Volumes"), config.volumes.join(u", "_s));
    list.add(Text::tr("Stop signal"), config.stopSignal);
    list.title(Text::tr("Environment"));
    for (const QString &variable : config.environment) {
        const QString shown = masked(variable);
        list.add(displayText(shown.section(u'=', 0, 0), 100), shown.section(u'=', 1));
    }
    list.title(Text::tr("Labels"));
    list.addAll(config.labels);
}

} // namespace

QList<Property> imageProperties(const Manifest &root, const Manifest &image,
                                const std::optional<ImageConfig> &config)
{
    PropertyList list;
    const ImageManifest *content = image.image();
    list.title(Text::tr("Image"));
    if (config) {
        list.add(Text::tr("Platform"), config->platform.toString());
        list.add(Text::tr("Created"), formatDate(creationDate(*config, content->annotations)));
        list.add(Text::tr("Author"), config->author);
    }
    if (content) {
        const qint64 size = imageSize(*content);
        list.add(Text::tr("Compressed size"),
                 u"%1 (%2)"_s.arg(formatBytes(size), formatExactBytes(size)));
        list.add(Text::tr("Layers"), QString::number(content->layers.size()));
        list.add(Text::tr("Artifact type"), content->artifactType);
    }
    list.add(Text::tr("Media type"), image.mediaType.toString());
    // Three digests that people mix up; each says what it names.
    list.title(Text::tr("Digests"));
    list.add(root.index() ? Text::tr("Index (what the tag points to)")
                          : Text::tr("Manifest (what the tag points to)"),
             root.digest.toString());
    if (root.digest != image.digest)
        list.add(Text::tr("Manifest of this platform"), image.digest.toString());
    if (content)
        list.add(Text::tr("Configuration"), content->config.digest.toString());
    if (config)
        addConfig(*config, list);
    list.title(Text::tr("Annotations"));
    if (root.index())
        list.addAll(root.index()->annotations);
    if (content)
        list.addAll(content->annotations);
    return list.result();
}

QList<Property> pullProperties(const ImageReference &reference, const Digest &digest)
{
    if (!isReferenceHost(reference.host))
        return {};
    ImageReference pinned = reference;
    pinned.tag.reset();
    pinned.digest = digest;
    PropertyList list;
    list.title(Text::tr("Pull"));
    list.add(u"docker"_s, "docker pull "_L1 + reference.familiarString());
    list.add(u"podman"_s, "podman pull "_L1 + reference.toString());
    list.add(u"skopeo"_s, "skopeo inspect docker://"_L1 + reference.toString());
    list.title(Text::tr("Pull exactly this image"));
    list.add(u"docker"_s, "docker pull "_L1 + pinned.familiarString());
    list.add(u"podman"_s, "podman pull "_L1 + pinned.toString());
    return list.result();
}

QList<Property> layerProperties(const LayerRow &row)
{
    PropertyList list;
    list.title(row.layer ? Text::tr("Layer %1").arg(row.number) : Text::tr("Step without files"));
    if (row.layer) {
        list.add(Text::tr("Digest"), row.layer->digest.toString());
        list.add(Text::tr("Size"),
                 u"%1 (%2)"_s.arg(formatBytes(row.layer->size), formatExactBytes(row.layer->size)));
        list.add(Text::tr("Media type"), row.layer->mediaType.toString());
    }
    if (row.diffId)
        list.add(Text::tr("Diff ID"), row.diffId->toString());
    if (row.history) {
        list.add(Text::tr("Made by"), row.history->createdBy);
        list.add(Text::tr("Made"),
                 row.history->created.isValid() ? formatDate(row.history->created) : QString());
        list.add(Text::tr("Comment"), row.history->comment);
    }
    return list.result();
}

} // namespace Longshore::Ui
