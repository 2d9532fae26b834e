using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Content;

/// <summary>Text is UTF-8 without a byte order mark, its lines end in LF, and so does the file. Binary files are pictures in docs/ only.</summary>
internal sealed class PlainTextRule : IRule
{
    public string Name => "plain-text";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        // The SDK writes a solution with byte order mark and CR LF, again at each change.
        tree.Files.Where(file => !file.IsUnder("third_party") && !file.HasExtension(".sln")).SelectMany(CheckFile);

    private static IEnumerable<Finding> CheckFile(RepositoryFile file)
    {
        if (file.IsBinary)
        {
            if (!(file.IsUnder("docs") && file.HasExtension(".png")))
            {
                yield return new Finding(file.Path, 1, "A binary file cannot be reviewed: keep it as text (hex, base64), make it in the test, or leave it out.");
            }

            yield break;
        }

        if (file.Bytes.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            yield return new Finding(file.Path, 1, "It starts with a byte order mark: save it as UTF-8 without one.");
        }

        var carriageReturn = file.Lines.TakeWhile(line => !line.EndsWith('\r')).Count();
        if (carriageReturn < file.Lines.Count)
        {
            yield return new Finding(file.Path, carriageReturn + 1, "The line ends in CR LF: save the file with LF.");
        }

        if (!file.IsForeign && file.Bytes.Length > 0 && file.Bytes[^1] != '\n')
        {
            yield return new Finding(file.Path, file.LineCount, "The last line does not end: add a line feed.");
        }
    }
}
