using KpGrpc.InferenceServer.Events.Erasing;

namespace KpGrpc.InferenceServer.Tests.Events.Erasing;

public sealed class ErasureCodecTests
{
    private static readonly UInt128 Key = new(0x0102030405060708, 0x090A0B0C0D0E0F10);
    private static readonly UInt128 Seal = new(0xA1, 0xB2);
    private static readonly Guid Log = new("00112233-4455-6677-8899-aabbccddeeff");

    [Fact]
    public void Encode_EachStep_HasItsGoldenBytes()
    {
        Assert.Equal("01100F0E0D0C0B0A090807060504030201B200000000000000A100000000000000", Convert.ToHexString(ErasureCodec.EncodeBegun(Key, Seal)));
        Assert.Equal(
            "02100F0E0D0C0B0A09080706050403020133221100554477668899AABBCCDDEEFF18000000000000000001000000000000",
            Convert.ToHexString(ErasureCodec.EncodeFound(Key, Log, [24, 256])));
        Assert.Equal("03100F0E0D0C0B0A0908070605040302010200000000000000E803000000000000", Convert.ToHexString(ErasureCodec.EncodeDone(Key, 2, 1_000)));
    }

    [Fact]
    public void Apply_StepsInOrder_TellsHowFarItHasCome()
    {
        var erasures = new Dictionary<UInt128, Erasure>();

        ErasureCodec.Apply(ErasureCodec.EncodeBegun(Key, Seal), erasures);
        Assert.Equal(new Erasure(Key, Seal), erasures[Key]);
        ErasureCodec.Apply(ErasureCodec.EncodeFound(Key, Log, [24]), erasures);
        ErasureCodec.Apply(ErasureCodec.EncodeFound(Key, Log, [24, 256]), erasures); // the search was done again
        Assert.Equal([24L, 256L], erasures[Key].Positions);
        Assert.Equal((Log, 2L, null), (erasures[Key].Log, erasures[Key].Events, erasures[Key].DoneAt));
        ErasureCodec.Apply(ErasureCodec.EncodeDone(Key, 2, 1_000), erasures);
        Assert.Equal((0, 2L, 1_000L), (erasures[Key].Positions.Count, erasures[Key].Events, erasures[Key].DoneAt));
    }

    [Fact]
    public void Apply_FoundBehindDone_KeepsTheAnswer()
    {
        var erasures = new Dictionary<UInt128, Erasure>();
        byte[][] steps = [ErasureCodec.EncodeBegun(Key, Seal), ErasureCodec.EncodeDone(Key, 2, 1_000), ErasureCodec.EncodeFound(Key, Log, [24, 48, 72])];

        steps.ToList().ForEach(step => ErasureCodec.Apply(step, erasures));

        Assert.Equal((3, 2L, 1_000L), (erasures[Key].Positions.Count, erasures[Key].Events, erasures[Key].DoneAt));
    }

    [Fact]
    public void Apply_AStepOfANewerRelease_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => ErasureCodec.Apply([9, .. new byte[32]], []));
}
