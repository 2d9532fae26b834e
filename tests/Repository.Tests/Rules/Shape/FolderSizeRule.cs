using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Shape;

/// <summary>A folder holds at most 20 C# files (and mostly 15), those of inner folders not counted.</summary>
internal sealed class FolderSizeRule : IRule
{
    public const int FilesMax = 20;

    public string Name => "folder-size";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from folder in tree.CSharp.GroupBy(file => file.Folder)
        where folder.Count() > FilesMax
        select new Finding(folder.Key, 1, $"{folder.Count()} C# files, {FilesMax} at most: make a folder for each feature.", folder.Count());
}
