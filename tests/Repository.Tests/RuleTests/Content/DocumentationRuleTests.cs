using KpGrpc.Repository.Tests.Rules.Content;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Content;

public sealed class DocumentationRuleTests
{
    [Fact]
    public void Check_DocumentedType_FindsNothing() =>
        Assert.Empty(new DocumentationRule().Check(RepositoryTree.Of(("src/X/A.cs", "/// <summary>Counts what was sold.</summary>\npublic class A;\n"))));

    [Fact]
    public void Check_InternalType_FindsNothing() =>
        Assert.Empty(new DocumentationRule().Check(RepositoryTree.Of(("src/X/A.cs", "class A { public int P { get; } }\n"))));

    [Fact]
    public void Check_InheritedDocumentation_FindsNothing() =>
        Assert.Empty(new DocumentationRule().Check(RepositoryTree.Of(("src/X/A.cs", "/// <summary>Counts what was sold.</summary>\npublic class A\n{\n/// <inheritdoc/>\npublic void M() { }\n}\n"))));

    [Fact]
    public void Check_Override_FindsNothing() =>
        Assert.Empty(new DocumentationRule().Check(RepositoryTree.Of(("src/X/A.cs", "/// <summary>Counts what was sold.</summary>\npublic class A { public override string ToString() => \"\"; }\n"))));

    [Fact]
    public void Check_TestClass_FindsNothing() =>
        Assert.Empty(new DocumentationRule().Check(RepositoryTree.Of(("tests/X.Tests/A.cs", "public class A;\n"))));

    [Fact]
    public void Check_UndocumentedType_IsFound() =>
        Assert.Single(new DocumentationRule().Check(RepositoryTree.Of(("src/X/A.cs", "public class A;\n"))));

    [Fact]
    public void Check_OneWord_IsFound() =>
        Assert.Single(new DocumentationRule().Check(RepositoryTree.Of(("src/X/A.cs", "/// <summary>Counter.</summary>\npublic class A;\n"))));

    [Fact]
    public void Check_InterfaceMember_IsFound() =>
        Assert.Single(new DocumentationRule().Check(RepositoryTree.Of(("src/X/A.cs", "/// <summary>Counts what was sold.</summary>\npublic interface IA { int M(); }\n"))));

    [Fact]
    public void Check_EnumValue_IsFound() =>
        Assert.Single(new DocumentationRule().Check(RepositoryTree.Of(("src/X/A.cs", "/// <summary>Counts what was sold.</summary>\npublic enum A { One }\n"))));

    [Fact]
    public void Check_Property_IsFound() =>
        Assert.Single(new DocumentationRule().Check(RepositoryTree.Of(("src/X/A.cs", "/// <summary>Counts what was sold.</summary>\npublic class A { public int P { get; } }\n"))));
}
