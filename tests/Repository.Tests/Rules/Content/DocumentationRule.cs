using KpGrpc.Repository.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KpGrpc.Repository.Tests.Rules.Content;

/// <summary>What other projects can see of src/ is documented in at least three words, or inherits its documentation.</summary>
internal sealed class DocumentationRule : IRule
{
    public const int WordsMin = 3;

    public string Name => "documentation";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.CSharp
        where file.IsUnder("src")
        from member in file.Syntax.DescendantNodes().OfType<MemberDeclarationSyntax>()
        where NeedsDocumentation(member) && !IsDocumented(member)
        select new Finding(file.Path, RepositoryFile.LineOf(member), $"{NameOf(member)} is public: say in a <summary> what its signature cannot (units, ranges, errors, ownership).");

    private static bool NeedsDocumentation(MemberDeclarationSyntax member) =>
        member is not (BaseNamespaceDeclarationSyntax or GlobalStatementSyntax or ConstructorDeclarationSyntax or DestructorDeclarationSyntax or OperatorDeclarationSyntax)
        && !member.Modifiers.Any(SyntaxKind.OverrideKeyword)
        && member.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().Where(part => part is not BaseNamespaceDeclarationSyntax).All(IsPublic);

    private static bool IsPublic(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.PublicKeyword)
        || member is EnumMemberDeclarationSyntax
        || (member.Parent is InterfaceDeclarationSyntax && !member.Modifiers.Any(SyntaxKind.PrivateKeyword) && !member.Modifiers.Any(SyntaxKind.InternalKeyword));

    private static bool IsDocumented(MemberDeclarationSyntax member)
    {
        var documentation = member.GetLeadingTrivia().Select(trivia => trivia.GetStructure()).OfType<DocumentationCommentTriviaSyntax>().LastOrDefault();
        if (documentation is null)
        {
            return false;
        }

        var inherits = documentation.DescendantNodes().OfType<XmlEmptyElementSyntax>().Any(element => element.Name.ToString() == "inheritdoc");
        var summary = documentation.Content.OfType<XmlElementSyntax>().FirstOrDefault(element => element.StartTag.Name.ToString() == "summary");
        return inherits || (summary is not null && WordsOf(summary) >= WordsMin);
    }

    private static int WordsOf(XmlElementSyntax summary) =>
        string.Concat(summary.Content.Select(part => part.ToString()))
            .Split([' ', '\n', '\r', '/'], StringSplitOptions.RemoveEmptyEntries)
            .Length;

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        EnumMemberDeclarationSyntax value => value.Identifier.Text,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        DelegateDeclarationSyntax @delegate => @delegate.Identifier.Text,
        _ => "This member",
    };
}
