using KpGrpc.Gateway.Security.Policies;

namespace KpGrpc.Gateway.Tests.Security.Policies;

public sealed class PolicyPageTests
{
    [Fact]
    public async Task Page_InTheDocumentation_IsWhatTheCodePrints()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KpGrpc.sln")))
        {
            folder = folder.Parent;
        }

        var page = Path.Combine(folder!.FullName, PolicyPage.Path);
        Assert.True(File.Exists(page), $"{page} is missing: run make permissions");
        Assert.True(await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken) == PolicyPage.Write(), $"{PolicyPage.Path} is not what the policy says: run make permissions");
    }
}
