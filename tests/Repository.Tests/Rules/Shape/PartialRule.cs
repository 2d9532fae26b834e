using KpGrpc.Repository.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KpGrpc.Repository.Tests.Rules.Shape;

/// <summary><c>partial</c> is for source generators alone, and no type is spread over files by hand.</summary>
internal sealed class PartialRule : IRule
{
    private static readonly string[] GeneratorAttributes =
        ["LoggerMessage", "OptionsValidator", "GeneratedRegex", "JsonSerializable", "JsonSourceGenerationOptions", "LibraryImport"];

    public string Name => "partial";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.CSharp
        from type in file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>()
        where type.Modifiers.Any(SyntaxKind.PartialKeyword)
        where !type.DescendantNodes().OfType<AttributeSyntax>().Any(IsForGenerator)
        select new Finding(file.Path, RepositoryFile.LineOf(type), $"{type.Identifier.Text} is partial but no source generator asks for it: make it whole, or make two types.");

    private static bool IsForGenerator(AttributeSyntax attribute) =>
        GeneratorAttributes.Any(name => attribute.Name.ToString().Split('.')[^1].Replace("Attribute", "", StringComparison.Ordinal) == name);
}
