using System.Buffers.Binary;
using System.Text;
using CsCheck;
using KpGrpc.InferenceServer.Torch.Safetensors;
using KpGrpc.Testing;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Torch.Safetensors;

public sealed class SafetensorsReaderTests(LoadedTorch torchLoaded) : IClassFixture<LoadedTorch>, IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly torch.Device device = torchLoaded.Device;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_FileWrittenByHand_GivesItsNumbers()
    {
        // As Python's safetensors 0.4 writes {"w": [[1, 2], [3, 4]]}.
        var path = WriteRaw("""{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}""", Floats(1, 2, 3, 4));

        using var scope = torch.NewDisposeScope();
        using var reader = new SafetensorsReader(path);
        var tensor = reader.Read("w"); // [2, 2] float32

        Assert.Equal([2L, 2L], tensor.shape);
        Assert.Equal([1f, 2f, 3f, 4f], tensor.data<float>().ToArray());
        Assert.Equal("pt", reader.Metadata["format"]);
        Assert.Equal(["w"], reader.Names);
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[4],"data_offsets":[0,20]}}""", "do not fit its shape")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "take 12 bytes, but 16 follow")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[4,16]}}""", "begins at byte 4")]
    [InlineData("""{"w":{"dtype":"F8_E4M3","shape":[16],"data_offsets":[0,16]}}""", "F8_E4M3")]
    [InlineData("""{"w":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,16]}}""", "do not fit its shape")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}""", "do not fit its shape")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4]}}""", "JSON")]
    [InlineData("""["w"]""", "JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "JSON")]
    public void Open_HeaderThatDoesNotHold_SaysWhat(string header, string expected)
    {
        var path = WriteRaw(header, Floats(1, 2, 3, 4));

        var failure = Assert.Throws<SafetensorsException>(() => new SafetensorsReader(path));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AnyByteChangedOrCutOff_GivesTheNumbersOrOneClearException()
    {
        var good = File.ReadAllBytes(WriteRaw("""{"w":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}""", Floats(1, 2, 3, 4)));
        var path = folder.Combine("damaged.safetensors");

        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Sample(
            (at, value, length) =>
            {
                var bytes = good[..length];
                if (at < length)
                {
                    bytes[at] = value;
                }

                File.WriteAllBytes(path, bytes);
                try
                {
                    using var scope = torch.NewDisposeScope();
                    using var reader = new SafetensorsReader(path);
                    foreach (var name in reader.Names)
                    {
                        reader.Read(name);
                    }
                }
                catch (SafetensorsException)
                {
                    // what a damaged file must give
                }
            },
            iter: 500,
            threads: 1);
    }

    [Fact]
    public void ReadInto_AnotherShape_NamesBoth()
    {
        var path = WriteRaw("""{"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", Floats(1, 2, 3, 4));
        using var scope = torch.NewDisposeScope();
        using var reader = new SafetensorsReader(path);

        var failure = Assert.Throws<SafetensorsException>(() => reader.ReadInto("w", torch.zeros(5, device: device)));

        Assert.Contains("[4]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("[5]", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadInto_HalfPrecisionIntoSingle_Converts()
    {
        using var scope = torch.NewDisposeScope();
        var path = folder.Combine("half.safetensors");
        SafetensorsWriter.WriteFile(path, new Dictionary<string, torch.Tensor> { ["w"] = torch.tensor(new float[] { 0.5f, -2 }).to(torch.float16) });
        using var reader = new SafetensorsReader(path);
        var target = torch.zeros(2, requires_grad: true); // [2] float32

        reader.ReadInto("w", target);

        Assert.Equal([0.5f, -2f], target.data<float>().ToArray());
    }

    private static byte[] Floats(params float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var at = 0; at < values.Length; at++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at * sizeof(float)), values[at]);
        }

        return bytes;
    }

    private string WriteRaw(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        var path = folder.Combine("raw.safetensors");
        File.WriteAllBytes(path, [.. length, .. json, .. data]);
        return path;
    }
}
