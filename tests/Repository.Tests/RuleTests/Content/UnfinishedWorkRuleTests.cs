using KpGrpc.Repository.Tests.Rules.Content;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Content;

public sealed class UnfinishedWorkRuleTests
{
    [Fact]
    public void Check_FinishedCode_FindsNothing() =>
        Assert.Empty(new UnfinishedWorkRule().Check(RepositoryTree.Of(("src/X/A.cs", "class Todo;\n"))));

    [Fact]
    public void Check_WordInBackticks_FindsNothing() =>
        Assert.Empty(new UnfinishedWorkRule().Check(RepositoryTree.Of(("docs/a.md", "No `TO" + "DO` here.\n"))));

    [Fact]
    public void Check_Reminder_IsFound() =>
        Assert.Single(new UnfinishedWorkRule().Check(RepositoryTree.Of(("src/X/A.cs", "// TO" + "DO: later\n"))));

    [Fact]
    public void Check_MissingMember_IsFound() =>
        Assert.Single(new UnfinishedWorkRule().Check(RepositoryTree.Of(("src/X/A.cs", "class A { void M() => throw new NotImplemented" + "Exception(); }\n"))));

    [Fact]
    public void Check_ReminderInPage_IsFound() =>
        Assert.Single(new UnfinishedWorkRule().Check(RepositoryTree.Of(("docs/a.md", "FIX" + "ME\n"))));
}
