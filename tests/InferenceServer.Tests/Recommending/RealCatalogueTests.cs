using KpGrpc.InferenceServer.Commands;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Content;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Recommending.Content;
using KpGrpc.InferenceServer.Services.Importing;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Testing;
using Microsoft.Extensions.DependencyInjection;
using DomainFilter = KpGrpc.InferenceServer.Catalog.WorkFilter;

namespace KpGrpc.InferenceServer.Tests.Recommending;

/// <summary>Near-duplicates among the 2,297 real Chinese courses of MOOCCubeX, where that data is at hand.</summary>
public sealed class RealCatalogueTests : IDisposable
{
    private const int Asked = 150;
    private const int Paragraph = 60; // letters of a description, at least, for it to be one

    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task SimilarWorks_ADescriptionWithEverySixthLetterGone_FindsItsCourse()
    {
        var file = DataFolder.Find() is { } data ? Path.Combine(data, "mooccubex", "courses.csv") : "";
        Assert.SkipUnless(File.Exists(file), "mooccubex/courses.csv is not at hand; set KP_DATA_DIR to the folder that holds it");
        await using var server = await RunningServer.StartAsync(folder);
        var works = CatalogueReader.Read(file, new ImportReport(file)).Select(row => ImportTranslation.ToProto(row, out _)).OfType<Work>().ToArray();
        foreach (var part in works.Chunk(1_000))
        {
            await server.UpsertAsync(part);
        }

        var indexing = server.Server.Services.GetRequiredService<ContentIndexing>();
        await TimeLimit.UntilAsync(() => Task.FromResult(Enumerable.Range(0, works.Length).All(row => indexing.Current.Index.VectorOf(row) is not null)), "the content of the courses");
        var similar = server.Server.Services.GetRequiredService<SimilarWorks>();
        var described = works.Where(work => work.Descriptions.Count > 0 && Letters(work.Descriptions[0].Text).Length >= Paragraph)
            .GroupBy(work => Letters(work.Descriptions[0].Text)).Where(same => same.Count() == 1).Select(same => same.Single()).ToArray();
        var (found, same) = (0, 0);
        foreach (var work in described.Where((_, at) => at % (described.Length / Asked) == 0))
        {
            var text = work.Descriptions[0].Text;
            var damaged = string.Concat(text.Where((_, at) => at % 6 != 5));
            found += Best(similar, damaged).WorkId == work.WorkId ? 1 : 0;
            var whole = Best(similar, text);
            same += whole.WorkId == work.WorkId && whole.Score == 1 ? 1 : 0;
        }

        Assert.True(found >= 0.97 * Asked, $"{found} of at least {Asked} damaged descriptions were recognised");
        Assert.True(same >= Asked, $"{same} of at least {Asked} whole descriptions were found to be the same");
    }

    public void Dispose() => folder.Dispose();

    private static string Letters(string text) => string.Concat(FeatureBag.Normalize(text).Where(char.IsLetterOrDigit));

    private static (string WorkId, double Score) Best(SimilarWorks similar, string text)
    {
        var found = similar.ToText(text, 1, DomainFilter.None, new HashSet<string>());
        return found.Count > 0 ? (found[0].Work.WorkId, found[0].Score) : ("", 0);
    }
}
