# The last layer of every image: the supervisor and the library in preloaded interpreters, compiled in place. Above the packages, so that a change of it takes seconds.
ARG BASE
FROM ${BASE}
COPY supervisor /usr/src/supervisor
RUN gcc -std=gnu11 -D_GNU_SOURCE -O2 -static -s -Wall -Wextra -Wno-sign-compare -o /usr/local/bin/supervisor /usr/src/supervisor/*.c \
 && gcc -std=gnu11 -D_GNU_SOURCE -O2 -shared -fPIC -s -Wall -Wextra -o /usr/local/lib/preloaded.so /usr/src/supervisor/library/*.c /usr/src/supervisor/become.c \
 && rm -rf /usr/src/supervisor /root/* \
 && find / -xdev -perm /6000 -type f -exec chmod a-s {} + \
 && mkdir -p /box
ENTRYPOINT ["/usr/local/bin/supervisor"]
