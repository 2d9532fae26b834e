using KpGrpc.Repository.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KpGrpc.Repository.Tests.Rules.Content;

/// <summary>Generated proto types and <c>RpcException</c> stay at the edge: below Services/ the code speaks its own types.</summary>
internal sealed class WireBoundaryRule : IRule
{
    private const string ProtoNamespace = "KpGrpc.Protos";
    private const string StatusException = "RpcException";

    /// <summary>Where the wire may be seen, and why.</summary>
    private static readonly (string Place, string Reason)[] Edges =
    [
        ("/Services/", "the edge of a server: it translates"),
        ("src/LedgerServer/Wire/", "decodes signed bytes and encodes receipts, which are protobuf by definition"),
        ("src/Gateway/Downstream/", "the Gateway's other edge: it is a client of the other two servers"),
        ("src/ServiceDefaults/Errors/", "turns failures into google.rpc.Status"),
        ("src/Client/", "the SDK speaks the contract to its callers"),
        ("src/Demo/", "a client of the contract"),
    ];

    public string Name => "wire-boundary";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.CSharp
        where file.IsUnder("src") && !Edges.Any(edge => file.Path.Contains(edge.Place, StringComparison.Ordinal))
        from mention in Mentions(file.Syntax).DistinctBy(mention => mention.Line)
        select new Finding(file.Path, mention.Line, $"{mention.Name} is the wire's: translate it in Services/ and take a type of ours here. Edges: {string.Join(", ", Edges.Select(edge => $"{edge.Place} ({edge.Reason})"))}.");

    private static IEnumerable<(string Name, int Line)> Mentions(CompilationUnitSyntax unit)
    {
        foreach (var node in unit.DescendantNodes().OfType<NameSyntax>())
        {
            if (node is QualifiedNameSyntax && node.ToString().Replace("global::", "", StringComparison.Ordinal).StartsWith(ProtoNamespace, StringComparison.Ordinal))
            {
                yield return (ProtoNamespace, RepositoryFile.LineOf(node));
            }
            else if (node is IdentifierNameSyntax { Identifier.Text: StatusException })
            {
                yield return (StatusException, RepositoryFile.LineOf(node));
            }
        }

        foreach (var access in unit.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(access => access.ToString() == ProtoNamespace))
        {
            yield return (ProtoNamespace, RepositoryFile.LineOf(access));
        }
    }
}
