using KpGrpc.Gateway.Security;
using KpGrpc.Gateway.Security.ApiKeys;
using KpGrpc.Gateway.Security.Callers;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace KpGrpc.Gateway.Tests.Security.ApiKeys;

public sealed class ApiKeyBookTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private string File => folder.Combine("keys.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Find_KeyOfTheFile_IsItsServiceUntilItExpires()
    {
        var key = Add("platform", 1, "service", "partner:platform");
        var book = Open();
        var found = book.Find(key.Reveal());
        Assert.Equal(($"key:{key.Id}", Roles.Service | Roles.Partner, "platform"), (found.Caller!.Subject, found.Caller.Roles, found.Caller.Owner));
        Assert.Equal(["platform"], found.Caller.Organizations);
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Refusal.Expired, book.Find(key.Reveal()).Refusal);
    }

    [Fact]
    public void Find_AnotherSecretOrNone_IsUnknown()
    {
        var key = Add("platform", 1, "service");
        var book = Open();
        Assert.Equal(Refusal.UnknownKey, book.Find(new ApiKeyText(key.Id, new byte[32]).Reveal()).Refusal);
        Assert.Equal(Refusal.UnknownKey, book.Find(ApiKeyText.Create().Reveal()).Refusal);
        Assert.All(["", "kp_", "garbage", key.Reveal()[..^1], key.Reveal().Replace('_', '-')], text => Assert.Equal(Refusal.UnknownKey, book.Find(text).Refusal));
        Assert.Equal(Refusal.TooLarge, book.Find(key.Reveal() + "x").Refusal);
    }

    [Fact]
    public void Find_FileChangesWhileRunning_NewKeysCountAndAFaultKeepsTheOld()
    {
        var first = Add("platform", 1, "service");
        var book = Open();
        var second = Add("platform", 1, "operator");
        System.IO.File.SetLastWriteTimeUtc(File, new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Roles.Operator, book.Find(second.Reveal()).Caller?.Roles);

        System.IO.File.WriteAllText(File, "{ no JSON");
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Roles.Service, book.Find(first.Reveal()).Caller?.Roles);

        System.IO.File.WriteAllText(File, "[]");
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Refusal.UnknownKey, book.Find(first.Reveal()).Refusal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""[{"id":"a"}]""")]
    [InlineData("""[{"id":"a","organization":"o","roles":["learner"],"expiresAt":"2027-01-01T00:00:00Z","salt":"AAAA","hash":"AAAA"}]""")]
    public void Open_FileThatHoldsNoKeys_StopsTheStart(string text)
    {
        System.IO.File.WriteAllText(File, text);
        Assert.Contains("Gateway:Identity:ApiKeysPath", Assert.Throws<StartupException>(Open).Message, StringComparison.Ordinal);
    }

    private ApiKeyBook Open() => new(Options.Create(new IdentityOptions { ApiKeysPath = File }), time, NullLogger<ApiKeyBook>.Instance);

    private ApiKeyText Add(string organization, int days, params string[] roles)
    {
        var key = ApiKeyText.Create();
        ApiKeyFile.Add(File, key.ToRecord(organization, roles, time.GetUtcNow().AddDays(days)));
        return key;
    }
}
