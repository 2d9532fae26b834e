using System.Text;
using KpGrpc.InferenceServer.Torch.Safetensors;
using KpGrpc.Testing;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Torch.Safetensors;

public sealed class SafetensorsWriterTests : IClassFixture<LoadedTorch>, IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public SafetensorsWriterTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(torch.ScalarType.Bool)]
    [InlineData(torch.ScalarType.Byte)]
    [InlineData(torch.ScalarType.Int8)]
    [InlineData(torch.ScalarType.Int16)]
    [InlineData(torch.ScalarType.Int32)]
    [InlineData(torch.ScalarType.Int64)]
    [InlineData(torch.ScalarType.Float16)]
    [InlineData(torch.ScalarType.BFloat16)]
    [InlineData(torch.ScalarType.Float32)]
    [InlineData(torch.ScalarType.Float64)]
    public void WriteFile_EachType_ReadsBackAsItWas(torch.ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        var path = folder.Combine("deeper", "types.safetensors");
        var tensor = torch.tensor(new float[] { 0, 1, 3, 2, 5, 0 }, 2, 3).to(type);
        var written = new Dictionary<string, torch.Tensor>
        {
            ["turned"] = tensor.t(),
            ["one"] = tensor.flatten().narrow(0, 1, 1).squeeze(),
            ["none"] = torch.empty([0, 4], type),
        };

        SafetensorsWriter.WriteFile(path, written);

        using var reader = new SafetensorsReader(path);
        Assert.Equal(written.Keys.Order(), reader.Names.Order());
        foreach (var (name, expected) in written)
        {
            var read = reader.Read(name);
            Assert.Equal(expected.dtype, read.dtype);
            Assert.Equal(expected.shape, read.shape);
            Assert.True(expected.eq(read).all().item<bool>(), name);
        }
    }

    [Fact]
    public void WriteFile_SameTensorsInAnotherOrder_GivesTheSameAlignedBytes()
    {
        using var scope = torch.NewDisposeScope();
        var small = torch.tensor(new byte[] { 7, 8, 9 });
        var wide = torch.tensor(new float[] { 1 });
        var metadata = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" };

        SafetensorsWriter.WriteFile(folder.Combine("one"), new Dictionary<string, torch.Tensor> { ["x"] = small, ["y"] = wide }, metadata);
        SafetensorsWriter.WriteFile(
            folder.Combine("two"), new Dictionary<string, torch.Tensor> { ["y"] = wide, ["x"] = small }, metadata.Reverse().ToDictionary());

        var bytes = File.ReadAllBytes(folder.Combine("one"));
        Assert.Equal(bytes, File.ReadAllBytes(folder.Combine("two")));
        Assert.Equal(
            """{"__metadata__":{"a":"1","b":"2"},"y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"U8","shape":[3],"data_offsets":[4,7]}}""",
            Encoding.UTF8.GetString(bytes[8..^7]).TrimEnd(' '));
        Assert.Equal(0, (bytes.Length - 7) % 8);
        Assert.Equal([0, 0, 0x80, 0x3f, 7, 8, 9], bytes[^7..]);
    }
}
