namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints.Pickle;

/// <summary>The instructions of Python's pickle machine that a state dictionary is written with (CPython <c>Lib/pickletools.py</c>).</summary>
internal enum PickleOp : byte
{
    /// <summary>Marks a place on the stack.</summary>
    Mark = (byte)'(',

    /// <summary>Ends the program; the top of the stack is the result.</summary>
    Stop = (byte)'.',

    /// <summary>A 4-byte whole number.</summary>
    BinInt = (byte)'J',

    /// <summary>A 1-byte whole number.</summary>
    BinInt1 = (byte)'K',

    /// <summary>A 2-byte whole number.</summary>
    BinInt2 = (byte)'M',

    /// <summary>None.</summary>
    None = (byte)'N',

    /// <summary>An object by an identifier from the stack: here a storage.</summary>
    BinPersistentId = (byte)'Q',

    /// <summary>Calls a function with a tuple from the stack.</summary>
    Reduce = (byte)'R',

    /// <summary>A text with a 4-byte length.</summary>
    BinUnicode = (byte)'X',

    /// <summary>An empty list.</summary>
    EmptyList = (byte)']',

    /// <summary>Adds an element to a list.</summary>
    Append = (byte)'a',

    /// <summary>Sets an object's attributes.</summary>
    Build = (byte)'b',

    /// <summary>A class or function by module and name.</summary>
    Global = (byte)'c',

    /// <summary>Adds the elements above the mark to a list.</summary>
    Appends = (byte)'e',

    /// <summary>Recalls an object, 1-byte index.</summary>
    BinGet = (byte)'h',

    /// <summary>Recalls an object, 4-byte index.</summary>
    LongBinGet = (byte)'j',

    /// <summary>Remembers the top, 1-byte index.</summary>
    BinPut = (byte)'q',

    /// <summary>Remembers the top, 4-byte index.</summary>
    LongBinPut = (byte)'r',

    /// <summary>Sets one item of a dictionary.</summary>
    SetItem = (byte)'s',

    /// <summary>A tuple of what is above the mark.</summary>
    Tuple = (byte)'t',

    /// <summary>An empty tuple.</summary>
    EmptyTuple = (byte)')',

    /// <summary>Sets the items above the mark.</summary>
    SetItems = (byte)'u',

    /// <summary>An empty dictionary.</summary>
    EmptyDictionary = (byte)'}',

    /// <summary>An 8-byte floating-point number, big-endian.</summary>
    BinFloat = (byte)'G',

    /// <summary>The protocol's number.</summary>
    Protocol = 0x80,

    /// <summary>A tuple of one.</summary>
    Tuple1 = 0x85,

    /// <summary>A tuple of two.</summary>
    Tuple2 = 0x86,

    /// <summary>A tuple of three.</summary>
    Tuple3 = 0x87,

    /// <summary>True.</summary>
    NewTrue = 0x88,

    /// <summary>False.</summary>
    NewFalse = 0x89,

    /// <summary>A whole number of 1-byte length.</summary>
    Long1 = 0x8A,

    /// <summary>A text with a 1-byte length.</summary>
    ShortBinUnicode = 0x8C,

    /// <summary>A class or function by module and name from the stack.</summary>
    StackGlobal = 0x93,

    /// <summary>Remembers the top under the next index.</summary>
    Memoize = 0x94,

    /// <summary>Length of what follows; only a hint.</summary>
    Frame = 0x95,
}
