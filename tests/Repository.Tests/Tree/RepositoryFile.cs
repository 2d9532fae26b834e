using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KpGrpc.Repository.Tests.Tree;

/// <summary>A file of the repository: its path with forward slashes, and its bytes.</summary>
internal sealed class RepositoryFile(string path, byte[] bytes)
{
    // Git's own measure: a NUL among the first 8,000 bytes makes a file binary.
    private const int BinaryProbeBytes = 8000;

    private readonly Lazy<string[]> lines = new(() => Encoding.UTF8.GetString(bytes).Split('\n'));
    private readonly Lazy<CompilationUnitSyntax> syntax = new(() => Parse(Encoding.UTF8.GetString(bytes)));

    public string Path { get; } = path;

    public byte[] Bytes { get; } = bytes;

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : "";

    public bool IsBinary => Bytes.AsSpan(0, Math.Min(Bytes.Length, BinaryProbeBytes)).Contains((byte)0);

    /// <summary>Written elsewhere and kept as it came (test vectors too): our rules of style do not apply.</summary>
    public bool IsForeign => IsUnder("third_party") || Path.Contains("/Vectors/", StringComparison.Ordinal) || Name == "package-lock.json" || Name == "LICENSE";

    public bool IsCSharp => HasExtension(".cs") && !IsForeign;

    public bool IsMarkdown => HasExtension(".md") && !IsForeign;

    public string Text => string.Join('\n', Lines);

    /// <summary>The lines without their line feed; the piece after the last line feed is there, and mostly empty.</summary>
    public IReadOnlyList<string> Lines => lines.Value;

    public int LineCount => Lines[^1].Length == 0 ? Lines.Count - 1 : Lines.Count;

    public CompilationUnitSyntax Syntax => syntax.Value;

    public bool HasExtension(string extension) => Path.EndsWith(extension, StringComparison.Ordinal);

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    public static int LineOf(SyntaxNodeOrToken node) => node.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>Lines that <paramref name="node"/> covers, documentation and comments before it not counted.</summary>
    public static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static CompilationUnitSyntax Parse(string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot();
}
