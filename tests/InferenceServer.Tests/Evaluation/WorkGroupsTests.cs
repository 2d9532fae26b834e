using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Import;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Evaluation;

public sealed class WorkGroupsTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void IsNew_WorkOfAnotherGroup_IsNewAndOneOfTheSameIsNot()
    {
        File.WriteAllLines(folder.Combine("groups"), ["a,one", "b\tone", "b two", "c two", "d three"]);
        var groups = WorkGroups.Read(folder.Combine("groups"));

        Assert.True(groups.IsNew("d", ["a", "b", "c"]));
        Assert.False(groups.IsNew("b", ["a"]));
        Assert.False(groups.IsNew("c", ["b"]));
        Assert.True(groups.IsNew("c", ["a", "unknown"]));
        Assert.False(groups.IsNew("unknown", ["a"])); // of no group: nothing can be said
    }

    [Fact]
    public void OfMooccube_ItsOwnFiles_MapsVideoNumbersToCourses()
    {
        Directory.CreateDirectory(folder.Combine("relations"));
        File.WriteAllLines(folder.Combine("video_list.txt"), ["org_video_id new_video_id", "V_1 0", "V_2 1", "V_3 2"]);
        File.WriteAllLines(folder.Combine("relations", "rel_course_video.csv"), ["start_id,end_id", "C_a,V_1", "C_a,V_2", "C_b,V_3", "C_b,V_9"]);

        var groups = WorkGroups.OfMooccube(folder.Path)!;

        Assert.False(groups.IsNew("1", ["0"]));
        Assert.True(groups.IsNew("2", ["0", "1"]));
        Assert.Null(WorkGroups.OfMooccube(folder.Combine("relations")));
    }

    [Fact]
    public void Read_LineOfOneColumn_IsNamed()
    {
        File.WriteAllLines(folder.Combine("groups"), ["a one", "b"]);

        var failure = Assert.Throws<ImportException>(() => WorkGroups.Read(folder.Combine("groups")));

        Assert.Contains("groups:2", failure.Message, StringComparison.Ordinal);
    }
}
