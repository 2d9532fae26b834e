using System.Text.Json;

namespace KpGrpc.InferenceServer.Registry;

/// <summary>
/// The folder of all models: <c>NAME/VERSION/</c>. A version appears whole or not at all: it is written beside, synced, and
/// renamed; what an interrupted writer left is told by its name and ignored. Safe from any thread and process.
/// </summary>
/// <param name="root">The folder; made when something is published.</param>
internal sealed class ModelFolders(string root)
{
    private const string Unfinished = ".unfinished-"; // no version starts with a point

    /// <summary>The folder of all models, absolute.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Where a version lies, or would.</summary>
    public string PathOf(string name, string version) => Path.Combine(Root, name, version);

    /// <summary>Publishes a version.</summary>
    /// <param name="card">Its card; <see cref="ModelCard.Files"/> is filled in here.</param>
    /// <param name="write">Writes all files but the card into the folder that it is given.</param>
    /// <returns>The published folder.</returns>
    /// <exception cref="ModelFaultException">The version exists, or the card breaks a rule.</exception>
    public ModelFolder Publish(ModelCard card, Action<string> write)
    {
        CardRules.Check(card with { Files = [] }, "the card to publish");
        var place = PathOf(card.Name, card.Version);
        if (Directory.Exists(place))
        {
            throw new ModelFaultException($"{place} exists already; a published version never changes: choose another version");
        }

        var unfinished = Path.Combine(Root, card.Name, $"{Unfinished}{card.Version}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(unfinished);
        try
        {
            write(unfinished);
            var finished = WithFiles(card, unfinished);
            File.WriteAllBytes(Path.Combine(unfinished, ModelFolder.CardFile), JsonSerializer.SerializeToUtf8Bytes(finished, CardJson.Default.ModelCard));
            SyncAll(unfinished);
            Directory.Move(unfinished, place);
            FolderSync.Wait(Path.Combine(Root, card.Name));
            return new ModelFolder(place, finished);
        }
        catch (IOException failure) when (Directory.Exists(place))
        {
            throw new ModelFaultException($"{place} was published by another process meanwhile", failure);
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }
    }

    /// <summary>Every version there is, readable or not, in no order.</summary>
    /// <returns>Name and version as the folders say.</returns>
    public IEnumerable<(string Name, string Version)> List() => Directory.Exists(Root)
        ? from model in Directory.EnumerateDirectories(Root)
          where CardRules.IsName(Path.GetFileName(model))
          from version in Directory.EnumerateDirectories(model)
          where CardRules.IsVersion(Path.GetFileName(version))
          select (Path.GetFileName(model), Path.GetFileName(version))
        : [];

    /// <summary>Opens a version.</summary>
    /// <exception cref="ModelFaultException">Its card cannot be read, or belongs elsewhere.</exception>
    public ModelFolder Open(string name, string version)
    {
        var folder = ModelFolder.Open(PathOf(name, version));
        return folder.Card.Name == name && folder.Card.Version == version
            ? folder
            : throw new ModelFaultException($"{folder.Path} holds the card of {folder.Card.Name}/{folder.Card.Version}; publish a version instead of copying its folder");
    }

    private static ModelCard WithFiles(ModelCard card, string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => ModelFolder.Describe(folder, file));
        var finished = card with { Files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)] };
        if (finished.WeightsFile.Length > 0 && !finished.Files.Any(file => file.Path == finished.WeightsFile))
        {
            throw new ModelFaultException($"the card to publish names {finished.WeightsFile} as its weights, which was not written");
        }

        return finished;
    }

    private static void SyncAll(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(handle);
        }

        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            FolderSync.Wait(inner);
        }
    }
}
