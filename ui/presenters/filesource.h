// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/layout/imagefiles.h"
#include "ui/presenters/imagesource.h"

#include <QPointer>

namespace Longshore {
class LayoutSession;
}

namespace Longshore::Ui {

class LayerSource;

/// Images in files and folders, recognized by what is in them; or one file that is a layer, for a new
/// image of it alone. Nothing is opened before read().
class FileSource final : public ImageSource
{
    Q_OBJECT

public:
    explicit FileSource(const QStringList &paths, QObject *parent = nullptr);
    ~FileSource() override;

    [[nodiscard]] Kind kind() const override { return Kind::Files; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] bool isReading() const override;
    void read() override;
    [[nodiscard]] bool isMade() const override { return m_layer != nullptr; }
    [[nodiscard]] bool isLayerAlone() const override { return isMade(); }
    void setWishes(const LayerWishes &wishes) override;
    [[nodiscard]] QString content() const override;

private:
    void readNext();
    void handleFailure(Error error);
    void note(Error error);
    void readAsLayer(const Error &why);
    void handleLayer(const Error &why);
    void handleFiles(const std::shared_ptr<LayoutSession> &files);

    const QStringList m_paths;
    qsizetype m_next = 0; ///< The one that is being read.
    std::optional<ImageFiles::Form> m_form; ///< Of the last one that could be read.
    QPointer<Job> m_job;
    std::unique_ptr<LayerSource> m_layer; ///< While the only file may be one.
};

} // namespace Longshore::Ui
