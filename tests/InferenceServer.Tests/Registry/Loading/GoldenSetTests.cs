using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Loading;
using KpGrpc.InferenceServer.Tensors;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Registry.Loading;

public sealed class GoldenSetTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task CheckAsync_AnswersWithinTheTolerance_Pass()
    {
        await Doubling().CheckAsync(new LoadedModel(x => (2 * x) + 0.00005f), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task CheckAsync_AnAnswerOutsideIt_NamesTheElement()
    {
        var fault = await Assert.ThrowsAsync<ModelFaultException>(
            () => Doubling().CheckAsync(new LoadedModel(x => x > 1 ? 2.1f * x : 2 * x), TestContext.Current.CancellationToken));

        Assert.Contains("golden request 0: y differs at element 1: 4.2, not 4", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatSaveWrote_IsTheSame()
    {
        var texts = new GoldenCase(FakeLoader.Inputs(0.1f), [TensorValue.Of("ids", ["课程-1", "b"], 1, 2), TensorValue.Of("n", [long.MaxValue], 1)]);
        var set = new GoldenSet(1e-4, [texts]);
        set.Save(directory.Path);

        var read = GoldenSet.Read(directory.Combine("golden.json"), new LoadedModel(x => x).Signature);

        Assert.Equal(1e-4, read.Tolerance);
        Assert.Equal([0.1f], read.Cases[0].Inputs["x"].Floats);
        Assert.Equal(["课程-1", "b"], read.Cases[0].Outputs[0].Texts());
        Assert.Equal([long.MaxValue], read.Cases[0].Outputs[1].Longs);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"tolerance":0.1,"requests":[]}""")]
    [InlineData("""{"tolerance":0.1,"requests":[{"inputs":[{"name":"z","datatype":"FP32","shape":[1],"data":[1]}],"outputs":[]}]}""")]
    [InlineData("""{"tolerance":0.1,"requests":[{"inputs":[{"name":"x","datatype":"FP32","shape":[2],"data":[1]}],"outputs":[]}]}""")]
    [InlineData("""{"tolerance":0,"requests":[{"inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}],"outputs":[]}]}""")]
    public void Read_NoGoldenSetOfThisModel_SaysSo(string json)
    {
        var file = directory.Combine("golden.json");
        File.WriteAllText(file, json);

        Assert.Contains("not a golden set", Assert.Throws<ModelFaultException>(() => GoldenSet.Read(file, new LoadedModel(x => x).Signature)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();

    private static GoldenSet Doubling() => new(1e-4, [new GoldenCase(FakeLoader.Inputs(1, 2), [TensorValue.Of("y", [2f, 4f], 2)])]);
}
