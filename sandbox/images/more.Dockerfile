# On top of `core`: Perl, Lua, R, Pascal, Fortran, D, Nim, OCaml, Erlang, Elixir, Zig, Ada, Common Lisp, PyPy and NumPy.
ARG BASE
FROM ${BASE}
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends \
      perl lua5.4 fp-compiler fp-units-rtl fp-units-base fp-units-fcl fp-units-math gfortran gdc nim ocaml-nox pypy3 python3-numpy \
      erlang-base erlang-dev elixir r-base-core sbcl swi-prolog-nox gnucobol4 gnat gobjc \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/* /usr/share/doc /usr/share/man

# Zig without what only serves to build for other systems.
COPY wheels/ziglang/zig /opt/zig/
COPY wheels/ziglang/lib/std /opt/zig/lib/std
COPY wheels/ziglang/lib/compiler /opt/zig/lib/compiler
COPY wheels/ziglang/lib/compiler_rt /opt/zig/lib/compiler_rt
COPY wheels/ziglang/lib/*.zig /opt/zig/lib/

# What Zig compiles before any program, its own run-time library: two thirds of the time for a small program. The options are those of
# the table of languages; without the folder, or with other options, Zig compiles it again.
RUN cd /tmp && echo 'pub fn main() void {}' >a.zig \
 && /opt/zig/zig build-exe -O ReleaseSafe -mcpu baseline -fstrip --cache-dir /tmp/zig --global-cache-dir /opt/zig/cache -femit-bin=a a.zig \
 && rm -rf /opt/zig/cache/tmp /opt/zig/cache/o/*/*.o /tmp/zig /tmp/a*

# Erlang writes its compiled code to a file in memory where it can make one, which fails half-way at a program's limit of output.
# Where it never can, it takes ordinary memory.
RUN printf '#include <errno.h>\nint ftruncate(int f, long n) { errno = EFBIG; return -1; }\nint ftruncate64(int f, long n) { errno = EFBIG; return -1; }\n' \
  | gcc -shared -fPIC -O2 -o /usr/local/lib/no-ftruncate.so -x c -
