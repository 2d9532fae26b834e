using KpGrpc.Demo.Data;
using KpGrpc.Testing;
using Xunit;

namespace KpGrpc.Demo.Tests.Data;

public sealed class MooccubexDataTests : IDisposable
{
    private const string Courses =
        """
        original_id,mapped_id,name,about,prerequisites,fields,schools,key_concepts
        C_1,0,急救常识,"第一行，
        第二行",,,甲大学|乙大学,心肺复苏|止血|止血
        C_2,1,Sculpture,,,艺术学,甲大学,
        C_3,2,微积分,讲极限。,,数学,,

        """;

    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_SmallFixture_MapsTheColumns()
    {
        Write();

        var data = MooccubexData.Read(folder.Path);

        var first = data.Works[0];
        Assert.Equal("C_1", first.WorkId);
        Assert.Equal("急救常识", first.Titles["zh"]);
        Assert.Equal("第一行，\n第二行", first.Descriptions["zh"]);
        Assert.Equal("health", first.Field);
        Assert.Equal(["心肺复苏", "止血"], first.Tags);
        Assert.Equal(new Price(2_000, "USD", 2), first.Price);
        Assert.Equal(("en", "culture"), (data.Works[1].Language, data.Works[1].Field));
        Assert.Empty(data.Works[1].Descriptions);
        Assert.Equal("education", data.Works[2].Field);
    }

    [Fact]
    public void Read_SchoolsOfCourses_BecomeProducersOnce()
    {
        Write();

        var data = MooccubexData.Read(folder.Path);

        Assert.Equal(2, data.Producers.Count);
        Assert.Equal(data.Works[0].ProducerId, data.Works[1].ProducerId);
        Assert.Equal("甲大学", data.Producers.Single(producer => producer.ProducerId == data.Works[0].ProducerId).DisplayName());
        Assert.Equal(MooccubexCourses.UnknownSchoolId, data.Works[2].ProducerId);
        Assert.Matches("^school-[0-9a-f]{10}$", data.Works[0].ProducerId);
    }

    [Fact]
    public void Read_TrainAndTest_AreJoinedByLearnerAndUnknownWorksLeftOut()
    {
        Write(train: "0 2 0\n1 1\n", test: "0 1 99\n");

        var data = MooccubexData.Read(folder.Path);

        Assert.Equal(["learner-00000", "learner-00001"], data.Histories.Select(history => history.LearnerId));
        Assert.Equal(["C_3", "C_1", "C_2"], data.Histories[0].WorkIds);
        Assert.Equal(4, data.Interactions);
    }

    [Fact]
    public void Read_TokenThatIsNoNumber_NamesFileAndLine()
    {
        Write(train: "0 1\n1 x\n");

        var failure = Assert.Throws<DemoException>(() => MooccubexData.Read(folder.Path));

        Assert.Contains("train.txt:2:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingColumn_NamesIt()
    {
        Write();
        File.WriteAllText(folder.Combine("mooccubex", "courses.csv"), "original_id,name\nC_1,x\n");

        var failure = Assert.Throws<DemoException>(() => MooccubexData.Read(folder.Path));

        Assert.Contains("mapped_id", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoPaidCourse_SaysSo()
    {
        Write();
        File.WriteAllText(folder.Combine("udemy", "udemy_courses.csv"), "course_id,is_paid,price\n1,False,0\n");

        Assert.Contains("no paid course", Assert.Throws<DemoException>(() => MooccubexData.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsIn_FolderWithoutTheFiles_IsFalse() => Assert.False(MooccubexData.IsIn(folder.Path));

    private void Write(string train = "0 0\n", string test = "0 1\n")
    {
        Directory.CreateDirectory(folder.Combine("mooccubex"));
        Directory.CreateDirectory(folder.Combine("udemy"));
        File.WriteAllText(folder.Combine("mooccubex", "courses.csv"), Courses);
        File.WriteAllText(folder.Combine("mooccubex", "train.txt"), train);
        File.WriteAllText(folder.Combine("mooccubex", "test.txt"), test);
        File.WriteAllText(folder.Combine("udemy", "udemy_courses.csv"), "course_id,is_paid,price\n1,True,20\n2,False,0\n3,True,20\n");
    }
}
