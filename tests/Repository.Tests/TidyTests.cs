using KpGrpc.Repository.Tests.Rules;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests;

/// <summary>Holds the repository to the rules of docs/STYLE.md that a machine can check, one test a rule.</summary>
public sealed class TidyTests
{
    private static readonly Lazy<RepositoryTree> Repository = new(RepositoryReader.Read);

    public static TheoryData<string> RuleNames => [.. RuleBook.Rules.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Repository_CheckedByRule_HasNoFindings(string ruleName)
    {
        var rule = RuleBook.Rules.Single(rule => rule.Name == ruleName);
        var ratchet = Ratchet.Parse(Repository.Value.Find(Ratchet.FileName)!.Text);

        var messages = ratchet.Apply(rule.Name, [.. rule.Check(Repository.Value)]).ToList();

        Assert.True(messages.Count == 0, $"{messages.Count} findings:\n{string.Join('\n', messages)}");
    }

    [Fact]
    public void Ratchet_RuleNames_AreNamesOfRules()
    {
        var ratchet = Ratchet.Parse(Repository.Value.Find(Ratchet.FileName)!.Text);

        Assert.Empty(ratchet.RuleNames.Except(RuleBook.Rules.Select(rule => rule.Name)));
    }

    [Fact]
    public void RuleBook_EveryRule_HasItsOwnTests()
    {
        var testClasses = typeof(TidyTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet();

        var untested = RuleBook.Rules.Select(rule => $"{rule.GetType().Name}Tests").Except(testClasses);

        Assert.Empty(untested);
    }
}
