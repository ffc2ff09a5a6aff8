// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/runjournal.h"

#include <QObject>

#include <memory>

class QWidget;

namespace Longshore {
struct ReportTable;
class RegistrySession;
class Session;
} // namespace Longshore

namespace Longshore::Ui {

class BackgroundRuns;
class CopyCommands;
class ExportCommands;
class MainActions;
class PageTabs;
class RegistryPresenter;
class RestoreCommands;

/// What carries out the commands that are about images.
struct ImageCommands
{
    ExportCommands &exports;
    CopyCommands &copies;
    BackgroundRuns &runs; ///< Where deletions go on that shall be in nobody's way.
};

/// The commands that are about what is selected in the page in front; they are enabled as far
/// as there is something to act on, and say in their tool tips why they are not.
class SelectionCommands final : public QObject
{
    Q_OBJECT

public:
    SelectionCommands(const MainActions &actions, PageTabs &tabs, RegistryPresenter &registries,
                      const ImageCommands &images, QWidget *window);

    /// Where deletions, and what undoes them, are written down.
    void setJournal(std::shared_ptr<RunJournal> journal);
    void update();
    [[nodiscard]] RestoreCommands &restores() const noexcept { return *m_restores; }

signals:
    void copied(const QString &text);
    /// Something that the person should know; a sentence.
    void noticed(const QString &notice);
    /// A report shall go into a file; asked for in that window.
    void reportRequested(const Longshore::ReportTable &report, QWidget *window);

private:
    void copy(const QString &text);
    void deleteTags();
    void copyImages();
    void retagImage();
    void review(const QString &connectionId, const RepositoryName &repository,
                const QList<Tag> &tags);
    void exportImage();
    void exportLayer();
    void exportLayers();
    void open();
    void goUp();
    [[nodiscard]] QString whyNotCopy() const;
    [[nodiscard]] QString whyNotExportImage() const;
    [[nodiscard]] QString whyNotExportLayer() const;
    [[nodiscard]] QString whyNotDelete() const;
    [[nodiscard]] QString whyNotRetag() const;
    /// Why nothing can be changed there.
    [[nodiscard]] QString whyNotChange() const;
    /// All images that are selected, or the one that is shown.
    [[nodiscard]] QList<Reference> images() const;
    /// Of the page in front; null while its connection is not open.
    [[nodiscard]] std::shared_ptr<RegistrySession> session() const;
    /// The same, or the files that it is of.
    [[nodiscard]] std::shared_ptr<Session> source() const;
    [[nodiscard]] bool isOfFiles() const;
    /// What is selected, as a person would name it.
    [[nodiscard]] QStringList references() const;

    const MainActions &m_actions;
    PageTabs &m_tabs;
    RegistryPresenter &m_registries;
    ImageCommands m_images;
    RestoreCommands *m_restores;
    QWidget *m_window;
    std::shared_ptr<RunJournal> m_journal;
};

} // namespace Longshore::Ui
