using System.Text;

namespace KpGrpc.Repository.Tests.Tree;

/// <summary>The files of the repository, or those that a test of a rule made up, in ordinal order of their paths.</summary>
internal sealed class RepositoryTree
{
    private readonly HashSet<string> paths;

    public RepositoryTree(IEnumerable<RepositoryFile> files)
    {
        Files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        paths = [.. Files.SelectMany(file => WithParents(file.Path))];
    }

    public IReadOnlyList<RepositoryFile> Files { get; }

    public IEnumerable<RepositoryFile> CSharp => Files.Where(file => file.IsCSharp);

    public IEnumerable<RepositoryFile> Markdown => Files.Where(file => file.IsMarkdown);

    /// <summary>Text files that we wrote ourselves.</summary>
    public IEnumerable<RepositoryFile> OwnText => Files.Where(file => !file.IsBinary && !file.IsForeign);

    public static RepositoryTree Of(params (string Path, string Text)[] files) =>
        new(files.Select(file => new RepositoryFile(file.Path, Encoding.UTF8.GetBytes(file.Text))));

    public RepositoryFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    /// <summary>Whether a file or a folder of that path is in the tree.</summary>
    public bool HasPath(string path) => paths.Contains(path.TrimEnd('/'));

    private static IEnumerable<string> WithParents(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..end];
        }
    }
}
