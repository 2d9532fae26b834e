using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Training;
using KpGrpc.InferenceServer.Training.Orders;

namespace KpGrpc.InferenceServer.Tests.Training.Orders;

public sealed class NamedOptionsTests
{
    [Fact]
    public void Apply_NumbersAndEnums_SetsThem()
    {
        var options = new SequenceTrainerOptions();

        NamedOptions.Apply(options, new Dictionary<string, string> { ["width"] = "32", ["learning-rate"] = "0.005", ["schedule"] = "Cosine" });

        Assert.Equal((32, 0.005, ScheduleShape.Cosine), (options.Width, options.LearningRate, options.Schedule));
    }

    [Theory]
    [InlineData("width", "wide")]
    [InlineData("width", "1")]
    [InlineData("dropout", "7")]
    public void Apply_AValueThatIsNone_NamesTheOption(string name, string value)
    {
        var fault = Assert.Throws<OrderException>(() => NamedOptions.Apply(new SequenceTrainerOptions(), new Dictionary<string, string> { [name] = value }));

        Assert.Equal((OrderFault.Malformed, $"options[{name}]"), (fault.Reason, fault.Subject));
    }

    [Fact]
    public void Describe_Options_NamesThemAsVerbsDo()
    {
        var names = NamedOptions.Describe(typeof(SequenceTrainerOptions), nameof(SequenceTrainerOptions.Seed)).Keys;

        Assert.Contains("learning-rate", names);
        Assert.DoesNotContain("seed", names);
    }
}
