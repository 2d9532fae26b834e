using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Content;

/// <summary>No file is larger than 1 MiB: data sets and models are fetched or made, not kept here.</summary>
internal sealed class FileBytesRule : IRule
{
    public const int BytesMax = 1 << 20;

    public string Name => "file-bytes";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.Files
        where file.Bytes.Length > BytesMax
        select new Finding(file.Path, 1, $"{file.Bytes.Length} bytes, {BytesMax} at most: keep it outside and read it from KP_DATA_DIR, or generate it.", file.Bytes.Length);
}
