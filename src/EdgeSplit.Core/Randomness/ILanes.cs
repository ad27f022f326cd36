namespace EdgeSplit.Core.Randomness;

/// <summary>One or several doubles that are computed alike: a formula written once gives the same bits at every width.</summary>
/// <remarks>Only operations with one correct rounding belong here; comparisons give all-ones or all-zeros masks.</remarks>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf Broadcast(double value);

    /// <summary>left x right + addend with a single rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Sqrt(TSelf value);

    static abstract TSelf Abs(TSelf value);

    static abstract TSelf LessOrEqual(TSelf left, TSelf right);

    static abstract TSelf And(TSelf leftMask, TSelf rightMask);

    static abstract TSelf Or(TSelf leftMask, TSelf rightMask);

    static abstract TSelf Select(TSelf mask, TSelf whereTrue, TSelf whereFalse);

    static abstract bool All(TSelf mask);

    /// <summary>Writes a positive normal number as 2^exponent x mantissa with the mantissa in [sqrt(1/2), sqrt(2)).</summary>
    static abstract TSelf SplitExponent(TSelf value, out TSelf mantissa);

    /// <summary>2^n for a whole number n in [-1022, 1023], given as a double.</summary>
    static abstract TSelf PowerOfTwo(TSelf exponent);
}
